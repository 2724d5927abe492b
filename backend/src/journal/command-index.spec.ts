import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CommandIndex } from './command-index.js';

const CAPACITY = 8;
/** It grows twice before it forgets. */
const newIndex = () => new CommandIndex(CAPACITY, 2);

/** Few different hashes, whose homes lie together and at the end of the table: chains, wraps and collisions abound. */
const hash = fc.oneof(
  fc.constantFrom(0, 1, 2, 14, 15, 16, 17, 2 ** 32 - 1, 2 ** 31),
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
);
const hashes = fc.array(hash, { maxLength: 5 * CAPACITY });

/** An index of records 1, 2, 3 … with these hashes. */
function indexOf(list: readonly number[]): CommandIndex {
  const index = newIndex();
  for (const each of list) index.add(each);
  return index;
}

/** Which of the newest records have a hash: what the index must say. */
function expected(list: readonly number[], wanted: number): number[] {
  const all = list.map((each, place) => ({ n: place + 1, each })).slice(-CAPACITY);
  return all.filter(({ each }) => each === wanted).map(({ n }) => n);
}

function expectSame(index: CommandIndex, list: readonly number[]): void {
  for (const each of new Set([...list, 0, 7, 15])) {
    expect([...index.candidates(each)].sort((a, b) => a - b)).toEqual(expected(list, each));
  }
}

describe('the index of commands', () => {
  it('remembers exactly the newest records, however their hashes collide', () => {
    fc.assert(
      fc.property(hashes, (list) => {
        const index = newIndex();
        list.forEach((each, place) => {
          index.add(each);
          expectSame(index, list.slice(0, place + 1));
        });
      }),
      { numRuns: 300 },
    );
  });

  it('names every record of one hash, oldest forgotten first', () => {
    const index = indexOf(Array.from({ length: 3 * CAPACITY }, () => 15));
    expect(index.candidates(15)).toHaveLength(CAPACITY);
    expect(Math.min(...index.candidates(15))).toBe(2 * CAPACITY + 1);
    expect(index.candidates(14)).toEqual([]);
  });

  it('is the same after it was saved and loaded, and continues in the same way', () => {
    fc.assert(
      fc.property(hashes, hashes, (before, after) => {
        const loaded = newIndex();
        loaded.load(indexOf(before).save());
        expectSame(loaded, before);
        for (const each of after) loaded.add(each);
        expectSame(loaded, [...before, ...after]);
      }),
      { numRuns: 300 },
    );
  });
});
