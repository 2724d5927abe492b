import {
  LIMITS,
  parseSearch,
  productOf,
  type ProductRecord,
  type SearchHit,
  type SearchPage,
  type SearchQuery,
  type SearchRequest,
} from '../../contract/index.js';
import { firstWithin } from '../../realtime/page-size.js';
import type { Database } from './database.js';
import { messageAt } from './message-rows.js';
import { latestTitle, productAt } from './product-states.js';
import type { OpenedIndex } from './opened-index.js';
import { endOf, placeOf } from './schema.js';
import { filtersOf, type SearchFilters } from './search-filters.js';
import { productsFound, recordsFound } from './search-tables.js';

/**
 * Everything that is looked for, newest first. A page ends between two records: what is found of one (a product, and the
 * message that moved it) is never torn apart.
 */
export function search(index: OpenedIndex, request: SearchRequest): Omit<SearchPage, 'n'> {
  const { query, zone, before = Infinity, limit } = request;
  const asked = parseSearch(query, zone);
  const filters = filtersOf(index, asked, before);
  if (!filters) return { hits: [], more: false };
  const { database } = index;
  const records = recordsFound(database, asked, filters, limit + 1);
  const products = productsFound(database, asked, filters, limit + 1);
  const numbers = [...new Set([...records, ...products.keys()])].sort((a, b) => b - a);
  const found = new Set(records);
  const places = numbers
    .slice(0, limit)
    .map((n) => [
      ...(products.get(n) ?? []).flatMap((id) => productHit(database, id, n)),
      ...(found.has(n) ? recordHits(database, n, asked, filters) : []),
    ]);
  const fitting = firstWithin(LIMITS.pageBytes, places);
  return { hits: fitting.flat(), more: numbers.length > fitting.length };
}

function productHit(database: Database, id: number, n: number): SearchHit[] {
  const product = productAt(database, id, n);
  return product ? [{ kind: 'product', n, product }] : [];
}

/** A message, or what a record changed: also what a message moved that is deleted, or that is not asked for. */
function recordHits(database: Database, n: number, { kinds }: SearchQuery, { about }: SearchFilters): SearchHit[] {
  const message = kinds.length === 0 || kinds.includes('message') ? messageAt(database, n) : undefined;
  if (message && message.deletedAt === undefined) return [{ kind: 'message', n, message }];
  const ofRecord = 'select record from change where place between ? and ? order by place';
  return database
    .all<{ record: string }>(ofRecord, placeOf(n, 0), endOf(n))
    .map(({ record }) => JSON.parse(record) as ProductRecord)
    .filter((change) => about?.includes(productOf(change)) ?? true)
    .map((change) => ({ kind: 'change', n, change, title: latestTitle(database, productOf(change)) }));
}
