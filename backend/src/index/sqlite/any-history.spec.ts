import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyBatches, perform } from '../../../test/any-batches.js';
import { anyHistory, Folded } from '../../../test/any-history.js';
import { Board } from '../../../test/board.js';
import { ask, indexed, newPath } from '../../../test/indexed.js';
import {
  type JournalRecord,
  productOf,
  productRecordsOf,
  type ReadModelQueries,
  type TimelineEntry,
} from '../../contract/index.js';
import { Database } from './database.js';
import type { IndexKeeper } from './index-keeper.js';

/** Every row of every table; words as the index lists them. */
function contentsOf(path: string): unknown {
  const database = new Database(path);
  const tables = database
    .all<{ name: string; sql: string }>(`select name, sql from sqlite_schema where type = 'table' order by name`)
    .filter(({ name }) => !/words.*_/.test(name.replace(/^words_\d+$/, 'words')) && !name.startsWith('sqlite_'));
  const contents = tables.map(({ name, sql }) => {
    if (!sql.includes('fts5')) return [name, database.all(`select * from ${name}`)];
    database.exec(`create virtual table temp.${name}_terms using fts5vocab(main, ${name}, instance)`);
    return [name, database.all(`select * from temp.${name}_terms order by doc, col, "offset", term`)];
  });
  database.close();
  return contents;
}

const positions = (records: readonly JournalRecord[]) => [0, ...records.map(({ n }) => n)];
const productsOf = (records: readonly JournalRecord[]) =>
  records.filter(({ type }) => type === 'product-added').map(({ n }) => n);

describe('an index', () => {
  it('that has followed is the same as one that is built anew', () => {
    fc.assert(
      fc.property(anyHistory(), fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }), (records, sizes) => {
        const [followed, rebuilt] = [newPath(), newPath()];
        indexed(records, sizes, followed).close();
        indexed(records, [], rebuilt).close();
        expect(contentsOf(followed)).toEqual(contentsOf(rebuilt));
      }),
      { numRuns: 40 },
    );
  });

  it('that has followed what members did on a real board is the same as one built anew, and has that board', async () => {
    await fc.assert(
      fc.asyncProperty(anyBatches, async (batches) => {
        const board = await Board.open();
        const sizes: number[] = [];
        for (const batch of batches) {
          const before = board.records.length;
          await perform(board, batch);
          sizes.push(board.records.length - before);
        }
        const { products } = await board.snapshot();
        await board.close();
        const [followed, rebuilt] = [newPath(), newPath()];
        const records = JSON.parse(JSON.stringify(board.records)) as JournalRecord[];
        const keeper = indexed(records, sizes.slice(0, 3), followed);
        const now = ask(keeper, 'board:at', { at: { n: records.length }, after: 0, limit: 100 });
        expect(now.products).toEqual(products);
        keeper.close();
        indexed(records, [], rebuilt).close();
        expect(contentsOf(followed)).toEqual(contentsOf(rebuilt));
      }),
      { numRuns: 20 },
    );
  });

  it('has every product at every record as the reducers make it', () => {
    fc.assert(
      fc.property(anyHistory(), (records) => {
        const keeper = indexed(records);
        for (const n of positions(records)) {
          const { products } = Folded.of(records.slice(0, n));
          const of = productsOf(records).map((product) => ({ product, n }));
          const then = ask(keeper, 'product:then', { of });
          expect(then).toEqual({ n: records.length, products: of.map(({ product }) => products.get(product) ?? null) });
        }
        keeper.close();
      }),
      { numRuns: 20 },
    );
  });

  it('has the timeline of a product as the records tell it', () => {
    fc.assert(
      fc.property(anyHistory(60), fc.integer({ min: 1, max: 5 }), fc.nat({ max: 20 }), (records, limit, after) => {
        const keeper = indexed(records);
        for (const product of productsOf(records)) {
          for (const only of [undefined, 'messages', 'changes'] as const) {
            const told = timelineOf(records, product).filter(
              ({ n, message, changes }) => n > after && (only === 'messages' ? message : only !== 'changes' || changes),
            );
            expect(pages(keeper, { product, limit, after, ...(only && { only }) })).toEqual(told);
          }
        }
        keeper.close();
      }),
      { numRuns: 30 },
    );
  });

  it('counts what others have said about a product since a record', () => {
    fc.assert(
      fc.property(anyHistory(60), fc.nat({ max: 30 }), (records, after) => {
        const keeper = indexed(records);
        const counts = new Map<number, number>();
        for (const { n, by, about = [] } of Folded.of(records).messages.values())
          if (n > after && by !== 'ana@acme.com')
            for (const product of about) counts.set(product, (counts.get(product) ?? 0) + 1);
        const expected = [...counts].map(([product, messages]) => ({ product, messages }));
        const { products } = ask(keeper, 'product:unread', { after }, 'ana@acme.com');
        expect(products).toEqual(expected.sort((a, b) => a.product - b.product));
        keeper.close();
      }),
      { numRuns: 30 },
    );
  });
});

/** Every entry of a timeline, newest first, from all records. */
function timelineOf(records: readonly JournalRecord[], product: number): TimelineEntry[] {
  const { messages } = Folded.of(records);
  const entries = records.map((record): TimelineEntry => {
    const message = messages.get(record.n);
    const changes = productRecordsOf(record).filter((change) => productOf(change) === product);
    return {
      n: record.n,
      ...(message?.about?.includes(product) && { message }),
      ...(changes.length > 0 && { changes }),
    };
  });
  return entries.filter(({ message, changes }) => message ?? changes).reverse();
}

/** All pages of a timeline, one after the other. */
function pages(keeper: IndexKeeper, request: ReadModelQueries['product:timeline']['payload']): TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  for (;;) {
    const before = entries.at(-1)?.n;
    const page = ask(keeper, 'product:timeline', { ...request, ...(before !== undefined && { before }) });
    expect(page.entries.length).toBeLessThanOrEqual(request.limit);
    entries.push(...page.entries);
    if (!page.more) return entries;
  }
}
