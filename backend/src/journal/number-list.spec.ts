import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NumberList } from './number-list.js';

function listOf(numbers: Iterable<number>): NumberList {
  const list = new NumberList();
  for (const number of numbers) list.push(number);
  return list;
}

/** Ascending, as offsets and record numbers are; up to sizes at which the list has grown twice. */
const ascending = fc
  .tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 1, max: 2 ** 40 }))
  .map(([length, step]) => Array.from({ length }, (_, index) => (index + 1) * step));

describe('a list of numbers', () => {
  it('is a list: what was pushed stands where it was pushed, and nothing else is there', () => {
    fc.assert(
      fc.property(ascending, (numbers) => {
        const list = listOf(numbers);
        expect(list.length).toBe(numbers.length);
        expect(list.slice(0, Infinity)).toEqual(numbers);
        expect(list.at(numbers.length - 1)).toBe(numbers.at(-1));
        expect(list.at(numbers.length)).toBeUndefined();
        expect(list.at(-1)).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  it('ranks a number by how many are smaller', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 200 })),
        fc.integer({ min: -1, max: 201 }),
        (some, number) => {
          const list = listOf(some.sort((a, b) => a - b));
          expect(list.rank(number)).toBe(some.filter((other) => other < number).length);
        },
      ),
    );
    expect(listOf([1, 2, 3]).rank(Infinity)).toBe(3);
  });

  it('slices without going over its end', () => {
    expect(listOf([5, 6, 7]).slice(1, 99)).toEqual([6, 7]);
    expect(listOf([5, 6, 7]).slice(0, 2)).toEqual([5, 6]);
  });

  it('continues to grow after it has loaded a saved list', () => {
    fc.assert(
      fc.property(ascending, (numbers) => {
        const list = new NumberList();
        list.load(listOf(numbers).save().slice());
        const more = Array.from({ length: 2_000 }, (_, index) => index);
        for (const number of more) list.push(number);
        expect(list.slice(0, Infinity)).toEqual([...numbers, ...more]);
      }),
      { numRuns: 30 },
    );
  });

  it('forgets what it held when it loads', () => {
    const list = listOf([1, 2, 3]);
    list.load(Float64Array.of(9));
    expect(list.slice(0, Infinity)).toEqual([9]);
    expect(list.at(1)).toBeUndefined();
  });
});
