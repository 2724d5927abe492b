import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyHistory, Folded } from '../../../test/any-history.js';
import { ask, indexed } from '../../../test/indexed.js';
import {
  type CatchUp,
  type JournalRecord,
  mentions,
  type Moment,
  type Product,
  productOf,
  productRecordsIn,
} from '../../contract/index.js';

const moment = fc.nat({ max: 45 });
/** As a number, or as an instant: of the last record of that minute. */
const asMoment = (records: readonly JournalRecord[], n: number, byInstant: boolean): Moment =>
  byInstant && n > 0 ? { at: records[Math.min(n, records.length) - 1]!.at } : { n };

/** The number of the last record at a moment. */
function numberOf(records: readonly JournalRecord[], at: Moment): number {
  return 'n' in at ? Math.min(at.n, records.length) : records.filter((record) => record.at <= at.at).length;
}

const foldedAt = (records: readonly JournalRecord[], n: number) => Folded.of(records.slice(0, n));

describe('an index', () => {
  it('has the board as it was at every moment, in pages', () => {
    fc.assert(
      fc.property(
        anyHistory(),
        moment,
        fc.boolean(),
        fc.integer({ min: 1, max: 4 }),
        (records, at, byInstant, limit) => {
          const keeper = indexed(records);
          const when = asMoment(records, records.length === 0 ? 0 : at, byInstant);
          const n = numberOf(records, when);
          const products: Product[] = [];
          for (let more = true; more;) {
            const page = ask(keeper, 'board:at', { at: when, after: products.at(-1)?.id ?? 0, limit });
            expect(page.place).toEqual({ n, at: records[n - 1]?.at ?? '' });
            products.push(...page.products);
            ({ more } = page);
            if (!more) expect(page.total).toBe(products.length);
          }
          expect(products).toEqual([...foldedAt(records, n).products.values()].sort((a, b) => a.id - b.id));
          keeper.close();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('knows by what two moments differ', () => {
    fc.assert(
      fc.property(
        anyHistory(60),
        moment,
        fc.option(moment, { nil: undefined }),
        fc.boolean(),
        (records, a, b, byInstant) => {
          const keeper = indexed(records);
          const [from, to] = [a, b].map((n) =>
            asMoment(records, records.length === 0 ? 0 : (n ?? 99), byInstant && n !== undefined),
          );
          for (const member of ['ana@acme.com', 'nobody@acme.com', undefined]) {
            const { n, ...answer } = ask(
              keeper,
              'catch-up',
              { from: from!, ...(b !== undefined && { to: to! }) },
              member,
            );
            expect(n).toBe(records.length);
            expect(answer).toEqual(difference(records, numberOf(records, from!), numberOf(records, to!), member));
          }
          keeper.close();
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** The same, from the states at both moments. */
function difference(records: readonly JournalRecord[], from: number, to: number, member?: string): Omit<CatchUp, 'n'> {
  const [then, now] = [foldedAt(records, from).products, foldedAt(records, to).products];
  const changes = productRecordsIn(records);
  const newest = (id: number) => changes.findLastIndex((change) => productOf(change) === id);
  const latestFirst = (a: Product, b: Product) => newest(b.id) - newest(a.id);
  const added = [...now.values()].filter(({ id }) => !then.has(id));
  const removed = [...then.values()].filter(({ id }) => !now.has(id));
  const changed = [...now.values()].filter(({ id }) => then.has(id) && differs(then.get(id)!, now.get(id)!));
  const said = [...Folded.of(records).messages.values()]
    .filter(({ n, by, deletedAt }) => n > from && n <= to && by !== member && !deletedAt)
    .reverse();
  const [named, others] = [true, false].map((is) => said.filter(({ text }) => mentions(text, member ?? null) === is));
  return {
    from: { n: from, at: records[from - 1]?.at ?? '' },
    to: { n: to, at: records[to - 1]?.at ?? '' },
    added: added.sort(latestFirst),
    removed: removed.sort(latestFirst),
    changed: changed.sort(latestFirst).map(({ id }) => ({ then: then.get(id)!, now: now.get(id)! })),
    mentions: named!,
    messages: others!,
    totals: {
      added: added.length,
      removed: removed.length,
      changed: changed.length,
      mentions: named!.length,
      messages: others!.length,
    },
  };
}

function differs(then: Product, now: Product): boolean {
  const said = ({ n: _n, by: _by, at: _at, command: _command, ...rest }: Product) => rest;
  return JSON.stringify(Object.entries(said(then)).sort()) !== JSON.stringify(Object.entries(said(now)).sort());
}
