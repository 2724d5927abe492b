import type { SearchKind, SearchQuery } from '../../contract/index.js';
import type { Database } from './database.js';
import type { SearchFilters } from './search-filters.js';
import { partOf, wordsOf } from './schema.js';
import { MARKS } from './words-writer.js';

/** The numbers of the records that match, newest first, so many at most. */
export function recordsFound(database: Database, asked: SearchQuery, filters: SearchFilters, limit: number): number[] {
  const { from, to } = filters;
  const marks = marksOf(asked, filters);
  if (marks === undefined) return [];
  const words = wordsIn(
    asked,
    asked.kinds.some((kind) => kind !== 'message' && kind !== 'product') ? '{text title}' : '{text}',
  );
  const parts = existingParts(database);
  const found: number[] = [];
  for (let part = partOf(to); part >= partOf(from) && found.length < limit; part--) {
    const table = wordsOf(part);
    if (!parts.has(table)) continue;
    const match = `select rowid as n from ${table} where ${table} match ? and rowid between ? and ? order by rowid desc limit ?`;
    const rows = (query: string, most: number) => database.all<{ n: number }>(match, query, from, to, most);
    // Of a frequent beginning of words every place is looked up first: for nothing where operators leave no record.
    if (words !== '' && marks !== '' && rows(marks, 1).length === 0) continue;
    found.push(...rows([words, marks].filter(Boolean).join(' AND '), limit - found.length).map(({ n }) => n));
  }
  return found;
}

/** The ids of the products that are there and match, by their newest records; of so many records, the newest first. */
export function productsFound(
  database: Database,
  asked: SearchQuery,
  { by, about, from, to }: SearchFilters,
  limit: number,
): Map<number, number[]> {
  const words = wordsIn(asked, '{text}');
  const isAsked =
    asked.kinds.includes('product') || (asked.kinds.length === 0 && (words !== '' || about !== undefined));
  if (!isAsked) return new Map();
  const conditions = [
    ['there and n between ? and ?', from, to],
    ...(words === '' ? [] : [['id in (select rowid from product_words where product_words match ?)', words]]),
    ...(by ? [['author in (select value from json_each(?))', JSON.stringify(by)]] : []),
    ...(about ? [['id in (select value from json_each(?))', JSON.stringify(about)]] : []),
  ] as const;
  const where = conditions.map(([sql]) => sql).join(' AND ');
  const values = conditions.flatMap(([, ...each]) => each);
  // By record: one may have moved several.
  const rows = database.all<{ n: number; ids: string }>(
    `select n, json_group_array(id order by id) as ids from product where ${where} group by n order by n desc limit ?`,
    ...values,
    limit,
  );
  return new Map(rows.map(({ n, ids }) => [n, JSON.parse(ids) as number[]]));
}

/** Words and phrases as FTS5 reads them; empty for none. Quoted, everything in them is text: https://sqlite.org/fts5.html */
function wordsIn({ words, phrases }: SearchQuery, columns: string): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const all = [...words.map((word) => `${quoted(word)} *`), ...phrases.map(quoted)];
  return all.map((each) => `${columns} : ${each}`).join(' AND ');
}

/** What operators ask for; empty where any record will do, undefined where none does. */
function marksOf({ kinds, words, phrases }: SearchQuery, { by, about }: SearchFilters): string | undefined {
  const records = kinds.filter((kind): kind is Exclude<SearchKind, 'product'> => kind !== 'product');
  if (kinds.length > 0 && records.length === 0) return undefined;
  const isOpen = records.length === 0 && !by && !about && words.length + phrases.length === 0;
  const any = isOpen ? (['message', 'change'] as const) : records;
  const groups = [any.map(MARKS.kind), by?.map(MARKS.by) ?? [], about?.map(MARKS.about) ?? []];
  return groups
    .filter(({ length }) => length > 0)
    .map((group) => `marks : (${group.join(' OR ')})`)
    .join(' AND ');
}

function existingParts(database: Database): ReadonlySet<string> {
  const tables = database.all<{ name: string }>(`select name from sqlite_schema where type = 'table'`);
  return new Set(tables.map(({ name }) => name));
}
