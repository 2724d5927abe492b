import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IdHash } from './known-commands.js';

const KEYS = 20;

describe('the hash of an id', () => {
  it('is the same under the same key, and another under another', () => {
    const id = randomUUID();
    const hash = new IdHash();
    expect(new IdHash(hash.key).of(id)).toBe(hash.of(id));
    expect(new Set(Array.from({ length: KEYS }, () => new IdHash().of(id))).size).toBe(KEYS);
  });

  it('differs for any two ids under nearly every key, however alike they are', () => {
    const digit = fc.constantFrom('0', '1', '7', '8', '9', 'a', 'b', 'e', 'f', 'A', 'B', 'F');
    const changes = fc.array(fc.tuple(fc.nat({ max: 35 }), digit), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.uuid(), changes, (id, list) => {
        const alike = list.reduce((text, [place, to]) => text.slice(0, place) + to + text.slice(place + 1), id);
        fc.pre(alike !== id);
        const hashes = Array.from({ length: KEYS }, () => new IdHash());
        expect(hashes.filter((hash) => hash.of(id) === hash.of(alike)).length).toBeLessThan(2);
      }),
      { numRuns: 500 },
    );
  });

  it('spreads ids that were chosen to collide under another key', () => {
    const other = new IdHash();
    const byLowBits = Map.groupBy(
      Array.from({ length: 200_000 }, () => randomUUID()),
      (id) => other.of(id) & 0xfff,
    );
    const chosen = [...byLowBits.values()].find((ids) => ids.length >= 30)!;
    const hash = new IdHash();
    expect(new Set(chosen.map((id) => hash.of(id) & 0xfff)).size).toBeGreaterThan(chosen.length / 2);
  });

  it('fills a table evenly with ids as they are made', () => {
    const hash = new IdHash();
    const slots = new Uint8Array(2 ** 17);
    for (let count = 0; count < 2 ** 16; count++) slots[hash.of(randomUUID()) & 0x1ffff]!++;
    // Of thrown balls, half as many as there are boxes, 60.7 % of the boxes stay empty.
    const empty = slots.filter((count) => count === 0).length / slots.length;
    expect(empty).toBeGreaterThan(0.6);
    expect(empty).toBeLessThan(0.615);
    expect(slots.reduce((most, count) => Math.max(most, count))).toBeLessThan(12);
  });
});
