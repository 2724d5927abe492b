/** A growing list of numbers in 8 bytes each: an index of a million records must not be a million objects. */
export class NumberList {
  private numbers = new Float64Array(1_024);
  private count = 0;

  get length(): number {
    return this.count;
  }

  push(number: number): void {
    if (this.count === this.numbers.length) {
      const larger = new Float64Array(this.count * 2);
      larger.set(this.numbers);
      this.numbers = larger;
    }
    this.numbers[this.count++] = number;
  }

  at(index: number): number | undefined {
    return index >= 0 && index < this.count ? this.numbers[index] : undefined;
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
  save(): Float64Array {
    return this.numbers.subarray(0, this.count);
  }

  /** Holds what `save` gave, instead of what it held. */
  load(numbers: Float64Array): void {
    this.numbers = new Float64Array(Math.max(1_024, numbers.length * 1.5));
    this.numbers.set(numbers);
    this.count = numbers.length;
  }
}
