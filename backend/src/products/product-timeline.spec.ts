import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ProductTimeline } from './product-timeline.js';

/** For each record in turn: whether it adds a product, is about one of those there are, or about none. */
const records = fc.array(fc.record({ kind: fc.constantFrom('adds', 'about', 'other'), which: fc.nat(9) }));

describe('the timeline of products', () => {
  it('has every record of every product, newest first, in pages of any length, also when loaded from a checkpoint', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 4 }), (records, limit) => {
        const expected = new Map<number, number[]>();
        const made = new ProductTimeline();
        for (const [index, { kind, which }] of records.entries()) {
          const n = index + 1;
          const product = kind === 'adds' ? n : [...expected.keys()][which];
          if (kind === 'other' || product === undefined) continue;
          made.add(n, product);
          expected.set(product, [n, ...(expected.get(product) ?? [])]);
        }
        const loaded = new ProductTimeline();
        loaded.load(structuredClone(made.save()));
        for (const [product, numbers] of expected) {
          for (const timeline of [made, loaded]) expect(allOf(timeline, product, limit)).toEqual(numbers);
        }
      }),
    );
  });

  it('knows which products exist or existed', () => {
    const timeline = new ProductTimeline();
    timeline.add(3, 3);
    timeline.add(4, 2);

    expect([2, 3, 4].map((product) => timeline.has(product))).toEqual([false, true, false]);
    expect(timeline.before(2, Infinity, 9)).toEqual([]);
  });
});

function allOf(timeline: ProductTimeline, product: number, limit: number): number[] {
  const found: number[] = [];
  for (let before = Infinity; ; before = found.at(-1) ?? 0) {
    const page = timeline.before(product, before, limit);
    if (page.length === 0) return found;
    found.push(...page);
  }
}
