import { localPartOf, type SearchQuery } from '../../contract/index.js';
import type { Database } from './database.js';
import type { Members } from './members.js';
import { lastBefore } from './moments.js';
import type { OpenedIndex } from './opened-index.js';

/** What operators stand for in this index. */
export interface SearchFilters {
  /** Numbers of members, any of whom; undefined for everybody. */
  readonly by: readonly number[] | undefined;
  /** Ids of products, any of which; undefined for all. */
  readonly about: readonly number[] | undefined;
  /** Records from this one on, up to that one. */
  readonly from: number;
  readonly to: number;
}

/** Undefined when nothing can be found: nobody has that name, no product that code, or nothing is asked for. */
export function filtersOf(index: OpenedIndex, asked: SearchQuery, before: number): SearchFilters | undefined {
  const { database, n: newest, members } = index;
  const by = asked.by.length > 0 ? asked.by.flatMap((name) => membersNamed(members, name)) : undefined;
  const about = asked.about.length > 0 ? asked.about.flatMap((code) => productsCoded(database, code)) : undefined;
  const from = asked.since === undefined ? 1 : lastBefore(database, newest, asked.since) + 1;
  const until = asked.before === undefined ? newest : lastBefore(database, newest, asked.before);
  const to = Math.min(until, before - 1);
  const { words, phrases, kinds } = asked;
  const isDated = asked.since !== undefined || asked.before !== undefined;
  const isNothing = !by && !about && !isDated && [words, phrases, kinds].every(({ length }) => length === 0);
  if (isNothing || by?.length === 0 || about?.length === 0 || from > to) return undefined;
  return { by, about, from, to };
}

/** Whose e-mail it is, or what stands before its `@`; if nobody's, those whose e-mail begins so. */
function membersNamed(members: Members, name: string): number[] {
  const all = [...members.all()];
  const exact = all.filter(([email]) => email === name || localPartOf(email) === name);
  return (exact.length > 0 ? exact : all.filter(([email]) => email.startsWith(name))).map(([, id]) => id);
}

/** Those that were removed, too: their codes may belong to others now. */
function productsCoded(database: Database, code: string): number[] {
  return database.all<{ id: number }>('select id from product where code = ?', code).map(({ id }) => id);
}
