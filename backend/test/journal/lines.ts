import type { JournalRecord } from '../../src/contract/index.js';
import { encodeClosed, encodeHeader, encodeRecords } from '../../src/journal/file/codec.js';

/** Lines of a journal as text, each with its line break. */
export const headerLine = (journal: string, at: string) => encodeHeader(journal, at).toString();
export const recordLine = (record: JournalRecord, durable: number) => encodeRecords([record], durable).toString();
export const closedLine = (n: number, at: string) => encodeClosed(n, at).toString();
