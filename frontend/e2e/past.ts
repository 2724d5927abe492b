import { randomUUID } from 'node:crypto';
import type { JournalRecord } from 'backend/contract';
import type * as Codec from '../../backend/src/journal/file/codec.ts';

/** The built codec, as in the server that reads the file. */
const { href: codec } = new URL('../../backend/dist/journal/file/codec.js', import.meta.url);
const { encodeClosed, encodeHeader, encodeRecords } = (await import(codec)) as typeof Codec;

type Without<Record, Key extends keyof Record> = Record extends unknown ? Omit<Record, Key> : never;

/** A record from before the test, without the number and the id that `journalOf` adds. */
export type PastRecord = Without<JournalRecord, 'n' | 'id'>;

/** The `journal.jsonl` of a server that was stopped cleanly after these records. */
export function journalOf(past: readonly PastRecord[]): string {
  const records = past.map((what, index): JournalRecord => ({ ...what, n: index + 1, id: randomUUID() }));
  const ended = records.at(-1)?.at ?? new Date(0).toISOString();
  return [
    encodeHeader(randomUUID(), records[0]?.at ?? ended),
    ...records.map((record) => encodeRecords([record], record.n - 1)),
    encodeClosed(records.length, ended),
  ].join('');
}

/** A message that was posted at that instant. */
export function pastMessage(by: string, at: string, text: string): PastRecord {
  return { type: 'message-posted', by, at, text };
}

/** A product that was added at that instant. */
export function pastProduct(
  by: string,
  at: string,
  product: { title: string; price: number } & Partial<Extras>,
): PastRecord {
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
