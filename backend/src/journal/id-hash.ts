import { randomFillSync } from 'node:crypto';

/** Characters that have a word of their own in the key: more than a UUID has; a power of two. */
const WORDS = 64;

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
  constructor(readonly key: Uint32Array = randomFillSync(new Uint32Array(WORDS))) {}

  of(id: string): number {
    const { key } = this;
    let sum = 0;
    for (let place = 0; place < id.length; place++) {
      sum = (sum + Math.imul(key[place & (WORDS - 1)] ?? 0, id.charCodeAt(place))) | 0;
    }
    // The finaliser of MurmurHash3.
    sum = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
    sum = Math.imul(sum ^ (sum >>> 13), 0xc2b2ae35);
    return (sum ^ (sum >>> 16)) >>> 0;
  }
}
