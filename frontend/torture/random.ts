/** Seeded pseudo-random numbers: the same seed, the same decisions (mulberry32). */
export class Random {
  constructor(private state: number) {}

  /** At least 0, less than 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** A random element; undefined if there is none. */
  of<Thing>(things: readonly Thing[]): Thing | undefined {
    return things[Math.floor(this.next() * things.length)];
  }

  /** True with that probability, in percent. */
  percent(chance: number): boolean {
    return this.next() * 100 < chance;
  }

  /** An independent generator, so that the number of decisions of one part does not change those of another. */
  fork(): Random {
    return new Random(this.between(0, 2 ** 31 - 1));
  }
}
