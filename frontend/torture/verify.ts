import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { JournalRecord, Snapshot } from 'backend/contract';
import type { Page } from './page';
import type { Ledger, Person } from './person';
import { none, type Score } from './scorecard';

/** The records of a data folder, as `jq` would read them. */
export function journalIn(folder: string): JournalRecord[] {
  const lines = readFileSync(join(folder, 'journal.jsonl'), 'utf8').trimEnd().split('\n');
  return lines
    .map((line) => JSON.parse(line) as Partial<JournalRecord>)
    .filter((line): line is JournalRecord => 'type' in line);
}

/** Acknowledged = stored = what every client shows. */
export function verify(
  ledger: Ledger,
  people: readonly Person[],
  records: readonly JournalRecord[],
  fresh: Snapshot,
): Score[] {
  const byCommand = new Map(records.map((record) => [record.id, record]));
  const refused = new Set(people.flatMap(({ tabs }) => tabs).flatMap((page) => refusedIn(page)));
  const lost = ledger.submitted.filter(({ id }) => !byCommand.has(id) && !refused.has(id));
  const both = ledger.submitted.filter(({ id }) => byCommand.has(id) && refused.has(id));
  const broken = [...ledger.acknowledged].filter(([id, n]) => byCommand.get(id)?.n !== n);
  const pages = people.flatMap((person) => person.pages);
  return [
    none(
      'commands that are neither stored nor refused (lost)',
      lost.map(({ name, id }) => `${name} ${id}`),
    ),
    none('commands stored twice (duplicated)', duplicates(records.map(({ id }) => id))),
    none(
      'acknowledgements that are not in the journal (false)',
      broken.map(([id, n]) => `${id} as ${n}`),
    ),
    none('commands acknowledged as two records', ledger.conflicting),
    none(
      'commands stored and shown as refused',
      both.map(({ id }) => id),
    ),
    none(
      'journal numbers that do not follow (gaps)',
      records.filter(({ n }, index) => n !== index + 1).map(({ n }) => `${n}`),
    ),
    none('commands out of their author’s order (reordered)', reordered(ledger, records)),
    none(
      'records that a page got out of order, twice or never',
      pages.flatMap(({ state }) => state.violations),
    ),
    none(
      'records that a page got different from those stored',
      pages.flatMap((page) => recordsUnlikeStored(page, records)),
    ),
    none(
      'open pages that differ from a newly opened one',
      people.flatMap(({ tabs }) => tabs.flatMap((page) => differences(page, fresh))),
    ),
  ];
}

/** Commands that are stored after one that the same person submitted later, in the same browser. */
function reordered(ledger: Ledger, records: readonly JournalRecord[]): string[] {
  const place = new Map(records.map(({ id, n }) => [id, n]));
  const latest = new Map<string, number>();
  return ledger.submitted.flatMap(({ id, by }) => {
    const n = place.get(id);
    if (n === undefined) return [];
    const before = latest.get(by) ?? 0;
    latest.set(by, Math.max(before, n));
    return n < before ? [`${n} after ${before}`] : [];
  });
}

function refusedIn(page: Page): string[] {
  return page.outbox.pending.filter(({ status }) => status.kind === 'refused').map(({ id }) => id);
}

function duplicates(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id) => seen.has(id) || !seen.add(id));
}

function recordsUnlikeStored({ state }: Page, records: readonly JournalRecord[]): string[] {
  return [...state.seen].filter(([n, id]) => records[n - 1]?.id !== id).map(([n, id]) => `${n} is ${id}`);
}

function differences({ state }: Page, fresh: Snapshot): string[] {
  const found: string[] = [];
  if (state.n !== fresh.n) found.push(`at ${state.n} instead of ${fresh.n}`);
  const products = [...state.products.values()].sort((a, b) => a.id - b.id);
  if (
    !isDeepStrictEqual(
      products,
      [...fresh.products].sort((a, b) => a.id - b.id),
    )
  )
    found.push('other products');
  const length = Math.min(state.messages.length, fresh.messages.length);
  if (!isDeepStrictEqual(tail(state.messages, length), tail(fresh.messages, length))) found.push('other messages');
  return found;
}

const tail = <Thing>(things: readonly Thing[], length: number): readonly Thing[] =>
  things.slice(things.length - length);
