import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyHistory, Folded } from '../../../test/any-history.js';
import { anyText } from '../../../test/journal/any-record.js';
import { ask, indexed } from '../../../test/indexed.js';
import {
  type JournalRecord,
  type ProductRecord,
  productOf,
  productRecordsOf,
  type SearchHit,
  type SearchPage,
} from '../../contract/index.js';
import type { IndexKeeper } from './index-keeper.js';

/** Every hit, page after page. */
function hitsOf(keeper: IndexKeeper, query: string, limit = 3): SearchHit[] {
  const hits: SearchHit[] = [];
  for (;;) {
    const before = hits.at(-1)?.n;
    const page: SearchPage = ask(keeper, 'search', { query, limit, ...(before !== undefined && { before }) });
    expect(page.hits.every(({ n }) => n < (before ?? Infinity))).toBe(true);
    hits.push(...page.hits);
    if (!page.more) return hits;
  }
}

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const wordsOf = (text: string) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
/** Whether each begins a word of a text. */
const has = (text: string, words: readonly string[]) =>
  words.every((word) => wordsOf(text).some((each) => each.startsWith(fold(word))));

const said = fc.uniqueArray(fc.constantFrom('camión', 'CAM', 'rotura', 'ñan', 'near', 'roja', 'ana', 'x'), {
  maxLength: 2,
});
const by = fc.option(fc.constantFrom('ana', 'beto@acme.com', 'c', 'nobody'), { nil: undefined });

describe('a search', () => {
  it('finds the messages that have all its words and are not deleted', () => {
    fc.assert(
      fc.property(anyHistory(60), said, by, (records, words, author) => {
        const keeper = indexed(records);
        const query = ['tipo:mensaje', ...words, ...(author ? [`de:${author}`] : [])].join(' ');
        const found = [...Folded.of(records).messages.values()].filter(
          (message) => !message.deletedAt && has(message.text, words) && message.by.startsWith(author ?? ''),
        );
        expect(hitsOf(keeper, query)).toEqual(
          found.reverse().map((message) => ({ kind: 'message', n: message.n, message })),
        );
        keeper.close();
      }),
      { numRuns: 30 },
    );
  });

  it('finds the products that have all its words as they are now', () => {
    fc.assert(
      fc.property(anyHistory(60), said, (records, words) => {
        const keeper = indexed(records);
        const found = [...Folded.of(records).products.values()].filter((product) =>
          has(`${product.title} ${product.code} ${product.description}`, words),
        );
        found.sort((a, b) => b.n - a.n || a.id - b.id);
        expect(hitsOf(keeper, ['type:product', ...words].join(' '))).toEqual(
          found.map((product) => ({ kind: 'product', n: product.n, product })),
        );
        keeper.close();
      }),
      { numRuns: 30 },
    );
  });

  it.each<[string, (change: ProductRecord) => boolean]>([
    ['tipo:precio', (change) => change.type === 'product-changed' && change.fields.price !== undefined],
    ['type:stock', ({ type }) => type === 'stock-moved'],
    ['tipo:alta', ({ type }) => type === 'product-added' || type === 'product-restored'],
    ['tipo:baja', ({ type }) => type === 'product-removed'],
    ['tipo:cambio', () => true],
    ['tipo:cambio sobre:#cal-1', () => true],
  ])('%s finds every change of that kind, also those by message', (query, isOne) => {
    fc.assert(
      fc.property(anyHistory(60), (records) => {
        const keeper = indexed(records);
        const ofCode = query.includes('#') ? productsLastCoded(records, 'CAL-1') : undefined;
        const changes = records
          .toReversed()
          .flatMap((record) => productRecordsOf(record))
          .filter((change) => isOne(change) && (ofCode?.has(productOf(change)) ?? true));
        const hits = hitsOf(keeper, query);
        expect(hits.map((hit) => hit.kind === 'change' && hit.change)).toEqual(changes);
        keeper.close();
      }),
      { numRuns: 10 },
    );
  });

  it('is answered, and never an error, whatever is typed', () => {
    const keeper = indexed(anyRecords());
    const odd = fc.constantFrom(
      '"',
      '*',
      '^',
      '(',
      ')',
      ':',
      '-',
      '+',
      'NEAR(a b)',
      'AND',
      'OR',
      'NOT',
      '{text}',
      'marks:by1',
      "';--",
      '\0',
    );
    const typed = fc.oneof(
      anyText(60),
      fc.string(),
      fc.array(fc.oneof(odd, fc.string())).map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(typed, (query) => {
        const { hits } = ask(keeper, 'search', { query, limit: 50 });
        expect(Array.isArray(hits)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
    keeper.close();
  });
});

/** The products that have a code, or had it when they were removed. */
function productsLastCoded(records: readonly JournalRecord[], code: string): ReadonlySet<number> {
  const codes = new Map<number, string>();
  for (const change of records.flatMap((record) => productRecordsOf(record)))
    if (change.type !== 'stock-moved' && change.type !== 'product-removed' && change.fields.code !== undefined)
      codes.set(productOf(change), change.fields.code);
  return new Set([...codes].filter(([, each]) => each === code).map(([id]) => id));
}

function anyRecords(): readonly JournalRecord[] {
  const [records = []] = fc.sample(anyHistory(60), { numRuns: 1, seed: 7 });
  return records;
}
