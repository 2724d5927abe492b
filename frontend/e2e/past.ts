import { randomUUID } from 'node:crypto';
import type { JournalRecord } from 'backend/contract';
import type * as Codec from '../../backend/src/journal/file/codec.ts';

/** As it was built, like the server that will read what it wrote. */
const { href: codec } = new URL('../../backend/dist/journal/file/codec.js', import.meta.url);
const { encodeClosed, encodeHeader, encodeRecords } = (await import(codec)) as typeof Codec;

type Without<Record, Key extends keyof Record> = Record extends unknown ? Omit<Record, Key> : never;

/** What happened before the test begins: a record without what the journal gives it. */
export type Happened = Without<JournalRecord, 'n' | 'id'>;

/** The `journal.jsonl` of a server that was stopped cleanly after all that. */
export function journalOf(happened: readonly Happened[]): string {
  const records = happened.map((what, index): JournalRecord => ({ ...what, n: index + 1, id: randomUUID() }));
  const ended = records.at(-1)?.at ?? new Date(0).toISOString();
  return [
    encodeHeader(randomUUID(), records[0]?.at ?? ended),
    ...records.map((record) => encodeRecords([record], record.n - 1)),
    encodeClosed(records.length, ended),
  ].join('');
}

/** Somebody said that, then. */
export function said(by: string, at: string, text: string): Happened {
  return { type: 'message-posted', by, at, text };
}

/** Somebody added that product, then. */
export function added(by: string, at: string, product: { title: string; price: number } & Partial<Extras>): Happened {
  const { stock = 0, ...fields } = product;
  return { type: 'product-added', by, at, stock, fields: { ...NOTHING, ...fields } };
}

interface Extras {
  readonly thumbnail: string;
  readonly description: string;
  readonly code: string;
  readonly category: string;
  readonly stock: number;
}
const NOTHING = { thumbnail: '', description: '', code: '', category: '' };
