import { randomFillSync } from 'node:crypto';
import type { JournalRecord } from '../contract/index.js';
import { CommandIndex, type SavedIndex } from './command-index.js';
import type { Checkpointed } from './record-store.js';

/** Records whose commands have one hash; by chance there are never two. Only members who choose one id make more. */
const MAX_ALIKE = 64;

/** What a checkpoint keeps: hashes mean nothing without the key under which they were made. */
interface Saved {
  readonly key: Uint32Array;
  readonly index: SavedIndex;
}

/**
 * Which record answered which command, for the newest 2^20 records. A hash names candidates, at most a few: these are read,
 * for a whole batch at once, and compared.
 */
export class KnownCommands {
  private readonly index = new CommandIndex();

  readonly checkpoint: Checkpointed = {
    shape: 'commands 2',
    save: (): Saved => ({ key: this.hash.key, index: this.index.save() }),
    load: (state) => {
      const { key, index } = state as Saved;
      this.hash = new IdHash(key);
      this.index.load(index);
    },
  };

  constructor(private hash = new IdHash()) {}

  /** Remembers the command of the next record. */
  add(id: string): void {
    this.index.add(this.hash.of(id));
  }

  /** The numbers of the records that may have answered this command: none for nearly every one that is new. */
  candidates(id: string): readonly number[] {
    return this.index.candidates(this.hash.of(id));
  }

  /** Whether record `n` answered the command with this id; undefined for one so old that its record must be read. */
  isOf(n: number, id: string): boolean | undefined {
    const hash = this.index.hashOf(n);
    return hash === undefined ? undefined : hash === this.hash.of(id);
  }

  /** Whether an id has so many records that no further member may use it: each look-up of it would take longer. */
  static isWornOut(candidates: readonly JournalRecord[]): boolean {
    return candidates.length >= MAX_ALIKE;
  }
}

/** Characters that have a word of their own in the key: more than a UUID has; a power of two. */
const KEY_WORDS = 64;

/**
 * Hashes ids of commands, which members choose, to 32 bits: in JavaScript, because for forty characters the way to a
 * native function and back takes longer.
 *
 * Each place of the id has a secret random word, and the hash is the sum of words times characters. Two ids that were
 * chosen without knowing the key collide with a chance of at most 2⁻²⁶, whichever two they are: where they first differ
 * the characters differ by less than 2⁷, so at most one value in 2²⁶ of that place's word makes the sums equal. (A secret
 * initial value, as FNV could have, promises nothing of the kind: there are pairs that collide under every one.) The
 * last steps are one-to-one; they only spread the sum over the low bits, by which tables are searched.
 */
export class IdHash {
  constructor(readonly key: Uint32Array = randomFillSync(new Uint32Array(KEY_WORDS))) {}

  of(id: string): number {
    const { key } = this;
    let sum = 0;
    for (let place = 0; place < id.length; place++) {
      sum = (sum + Math.imul(key[place & (KEY_WORDS - 1)] ?? 0, id.charCodeAt(place))) | 0;
    }
    // The finaliser of MurmurHash3.
    sum = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
    sum = Math.imul(sum ^ (sum >>> 13), 0xc2b2ae35);
    return (sum ^ (sum >>> 16)) >>> 0;
  }
}
