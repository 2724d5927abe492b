const NONE: readonly number[] = [];

/** What a checkpoint keeps. */
export interface SavedIndex {
  /** The number of the last record. */
  readonly last: number;
  /** Of the newest records, oldest first. */
  readonly hashes: Uint32Array;
}

/** Numbers in a slot: that of a record (0: the slot is empty), and its hash, so that no look elsewhere is needed. */
const WIDTH = 2;

/**
 * Which records have which hash, for the newest records: hashes in two flat tables (20 bytes a record) instead of a map
 * with a million strings. It grows by doubling, up to a number of records, and then forgets the oldest.
 */
export class CommandIndex {
  private capacity = 0;
  private mask = 0;
  /** The hash of each remembered record, by `n` modulo the capacity. */
  private hashes = new Uint32Array(0);
  /** Slots by hash, open addressing with linear probing, half full at most. */
  private slots = new Uint32Array(0);
  private last = 0;

  /**
   * @param most how many of the newest records are remembered: a power of two
   * @param least for how many a new one has room: a power of two
   */
  constructor(
    private readonly most = 2 ** 20,
    private readonly least = 2 ** 10,
  ) {
    this.resize(least);
  }

  /** Remembers the hash of the record behind the last one. */
  add(hash: number): void {
    const n = this.last + 1;
    if (n > this.capacity && this.capacity < this.most) this.resize(this.capacity * 2);
    if (n > this.capacity) this.forget(n - this.capacity);
    this.last = n;
    this.insert(n, hash);
  }

  /** The records with this hash. */
  candidates(hash: number): readonly number[] {
    let found = NONE;
    for (let slot = hash & this.mask; ; slot = (slot + 1) & this.mask) {
      const n = this.recordIn(slot);
      if (n === 0) return found;
      if (this.hashIn(slot) === hash) found = [...found, n];
    }
  }

  /** The hash of record `n`; undefined when that is not among the newest. */
  hashOf(n: number): number | undefined {
    return n > 0 && n <= this.last && n > this.last - this.capacity ? this.hashes[n % this.capacity] : undefined;
  }

  save(): SavedIndex {
    return { last: this.last, hashes: this.remembered() };
  }

  /** Takes in what `save` gave, instead of what it held. */
  load({ last, hashes }: SavedIndex): void {
    let capacity = this.least;
    while (capacity < hashes.length) capacity *= 2;
    this.last = 0;
    this.resize(capacity);
    this.last = last;
    for (let index = 0; index < hashes.length; index++)
      this.insert(last - hashes.length + 1 + index, hashes[index] ?? 0);
  }

  /** The hashes of the remembered records, oldest first. */
  private remembered(): Uint32Array {
    const count = Math.min(this.last, this.capacity);
    const oldest = (this.last - count + 1) % this.capacity;
    const hashes = new Uint32Array(count);
    // From the oldest to the end of the table, and then from its start.
    const first = this.hashes.subarray(oldest, oldest + count);
    hashes.set(first);
    hashes.set(this.hashes.subarray(0, count - first.length), first.length);
    return hashes;
  }

  /** Makes larger tables of what it remembers; only before anything was forgotten. */
  private resize(capacity: number): void {
    const hashes = this.remembered();
    this.capacity = capacity;
    this.mask = capacity * 2 - 1;
    this.hashes = new Uint32Array(capacity);
    this.slots = new Uint32Array(capacity * 2 * WIDTH);
    for (let index = 0; index < hashes.length; index++) this.insert(index + 1, hashes[index] ?? 0);
  }

  private recordIn(slot: number): number {
    return this.slots[slot * WIDTH] ?? 0;
  }

  private hashIn(slot: number): number {
    return this.slots[slot * WIDTH + 1] ?? 0;
  }

  private put(slot: number, n: number, hash: number): void {
    this.slots[slot * WIDTH] = n;
    this.slots[slot * WIDTH + 1] = hash;
  }

  private insert(n: number, hash: number): void {
    this.hashes[n % this.capacity] = hash;
    let slot = hash & this.mask;
    while (this.recordIn(slot) !== 0) slot = (slot + 1) & this.mask;
    this.put(slot, n, hash);
  }

  /** Takes a record out and closes the hole, so that no probe stops at it too early (backward shift deletion). */
  private forget(n: number): void {
    let hole = (this.hashes[n % this.capacity] ?? 0) & this.mask;
    while (this.recordIn(hole) !== n) hole = (hole + 1) & this.mask;
    for (let slot = (hole + 1) & this.mask; this.recordIn(slot) !== 0; slot = (slot + 1) & this.mask) {
      const home = this.hashIn(slot) & this.mask;
      if (((slot - home) & this.mask) < ((slot - hole) & this.mask)) continue;
      this.put(hole, this.recordIn(slot), this.hashIn(slot));
      hole = slot;
    }
    this.put(hole, 0, 0);
  }
}
