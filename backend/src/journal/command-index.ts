const NONE: readonly number[] = [];

/**
 * Which record answered which command, for the newest records: hashes in two flat tables (12 bytes a record at the
 * default size) instead of a map with a million strings. A hash can lie, so what it names are candidates: whoever asks
 * reads the record and compares.
 */
export class CommandIndex {
  /** Record numbers by hash, open addressing with linear probing; 0 is an empty slot. */
  private readonly slots: Uint32Array;
  /** The hash of each remembered record, by `n` modulo the capacity. */
  private readonly hashes: Uint32Array;
  private readonly mask: number;

  /** @param capacity how many of the newest records are remembered: a power of two */
  constructor(private readonly capacity = 2 ** 20) {
    this.slots = new Uint32Array(capacity * 2);
    this.hashes = new Uint32Array(capacity);
    this.mask = capacity * 2 - 1;
  }

  /** Remembers the command of record `n`; numbers come in ascending order, without gaps. */
  add(n: number, hash: number): void {
    if (n > this.capacity) this.forget(n - this.capacity);
    this.insert(n, hash);
  }

  /** The records whose command has this hash. Nearly always none or one. */
  candidates(hash: number): readonly number[] {
    let found = NONE;
    for (let slot = hash & this.mask; ; slot = (slot + 1) & this.mask) {
      const n = this.slots[slot] ?? 0;
      if (n === 0) return found;
      if (this.hashes[n % this.capacity] === hash) found = [...found, n];
    }
  }

  /** The hashes of the remembered records up to `last`, oldest first: what a checkpoint keeps. */
  save(last: number): Uint32Array {
    const saved = new Uint32Array(Math.min(last, this.capacity));
    const oldest = (last - saved.length + 1) % this.capacity;
    const behind = this.hashes.subarray(oldest, oldest + saved.length);
    saved.set(behind);
    saved.set(this.hashes.subarray(0, saved.length - behind.length), behind.length);
    return saved;
  }

  /** Takes in what `save` gave for the same `last`; it must be empty. */
  load(last: number, hashes: Uint32Array): void {
    hashes.forEach((hash, index) => {
      this.insert(last - hashes.length + 1 + index, hash);
    });
  }

  private insert(n: number, hash: number): void {
    this.hashes[n % this.capacity] = hash;
    let slot = hash & this.mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & this.mask;
    this.slots[slot] = n;
  }

  /** Takes a record out and closes the hole, so that no probe stops at it too early (backward shift deletion). */
  private forget(n: number): void {
    let hole = (this.hashes[n % this.capacity] ?? 0) & this.mask;
    while (this.slots[hole] !== n) hole = (hole + 1) & this.mask;
    for (let slot = (hole + 1) & this.mask; ; slot = (slot + 1) & this.mask) {
      const moved = this.slots[slot] ?? 0;
      if (moved === 0) break;
      const home = (this.hashes[moved % this.capacity] ?? 0) & this.mask;
      if (((slot - home) & this.mask) < ((slot - hole) & this.mask)) continue;
      this.slots[hole] = moved;
      hole = slot;
    }
    this.slots[hole] = 0;
  }
}
