const INITIAL_LENGTH = 1_024;

/** How the numbers are kept: in 8 bytes each, or in 4 those below 2^32. */
export type Numbers = Float64Array | Uint32Array;

/** A growing list of numbers in a flat array: an index of a million records must not be a million objects. */
export class NumberList {
  private numbers: Numbers;
  private count = 0;

  constructor(private readonly ArrayType: new (length: number) => Numbers = Float64Array) {
    this.numbers = new ArrayType(INITIAL_LENGTH);
  }

  get length(): number {
    return this.count;
  }

  push(number: number): void {
    if (this.count === this.numbers.length) {
      const larger = new this.ArrayType(this.count * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[this.count++] = number;
  }

  at(index: number): number | undefined {
    return index >= 0 && index < this.count ? this.numbers[index] : undefined;
  }

  /** Replaces the number at an index that there is. */
  set(index: number, number: number): void {
    this.numbers[index] = number;
  }

  /** How many of an ascending list are smaller than `number`: the place where it stands or would stand. */
  rank(number: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.numbers[middle] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  slice(from: number, to: number): number[] {
    return Array.from(this.numbers.subarray(from, Math.min(to, this.count)));
  }

  /** All of it, as a checkpoint keeps it: a view, not a copy. */
  save(): Numbers {
    return this.numbers.subarray(0, this.count);
  }

  /** Holds what `save` gave, instead of what it held. */
  load(numbers: Numbers): void {
    this.numbers = new this.ArrayType(Math.max(INITIAL_LENGTH, Math.ceil(numbers.length * 1.5)));
    this.numbers.set(numbers);
    this.count = numbers.length;
  }
}
