import {
  LIMITS,
  type ProductRecord,
  type ProductTimelinePage,
  type ProductTimelineRequest,
  type TimelineEntry,
} from '../../contract/index.js';
import { firstWithin } from '../../realtime/page-size.js';
import type { Database } from './database.js';
import { messageAt } from './message-rows.js';
import { endOf, placeOf, recordAt } from './schema.js';

/** What was said about a product and what happened to it; undefined when there never was such a product. */
export function timeline(
  database: Database,
  request: ProductTimelineRequest,
): Pick<ProductTimelinePage, 'entries' | 'more'> | undefined {
  const { product, limit, only } = request;
  if (!database.get('select 1 from product where id = ?', product)) return undefined;
  const messages =
    only === 'changes' ? [] : newest(limit + 1, request, (before) => messageBefore(database, product, before));
  const changes =
    only === 'messages' ? [] : newest(limit + 1, request, (before) => changeBefore(database, product, before));
  const numbers = [...new Set([...messages, ...changes])].sort((a, b) => b - a);
  const entries = firstWithin(LIMITS.pageBytes, entriesOf(database, product, numbers.slice(0, limit)));
  return { entries, more: numbers.length > entries.length };
}

function* entriesOf(database: Database, product: number, numbers: readonly number[]): Generator<TimelineEntry> {
  for (const n of numbers) {
    const said = database.get('select 1 from about where product = ? and message = ?', product, n);
    const message = said && messageAt(database, n);
    const changes = changesOf(database, product, n);
    yield { n, ...(message && { message }), ...(changes.length > 0 && { changes }) };
  }
}

/** The numbers of the newest records of a kind within the bounds of a request, newest first. */
function newest(
  limit: number,
  { before = Infinity, after = 0 }: ProductTimelineRequest,
  next: (before: number) => number | undefined,
): number[] {
  const found: number[] = [];
  for (let n = next(before); n !== undefined && n > after && found.length < limit; n = next(n)) found.push(n);
  return found;
}

function messageBefore(database: Database, product: number, before: number): number | undefined {
  const newestOf = 'select message as n from about where product = ? and message < ? order by message desc limit 1';
  const row = database.get(newestOf, product, before) as { n: number } | undefined;
  return row?.n;
}

function changeBefore(database: Database, product: number, before: number): number | undefined {
  const newestOf = 'select place from change where product = ? and place < ? order by place desc limit 1';
  const row = database.get(newestOf, product, placeOf(before, 0)) as { place: number } | undefined;
  return row && recordAt(row.place);
}

function changesOf(database: Database, product: number, n: number): ProductRecord[] {
  const ofRecord = 'select record from change where product = ? and place between ? and ? order by place';
  return database
    .all<{ record: string }>(ofRecord, product, placeOf(n, 0), endOf(n))
    .map(({ record }) => JSON.parse(record) as ProductRecord);
}
