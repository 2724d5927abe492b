import { randomUUID } from 'node:crypto';
import type { Cursor, JournalRecord } from '../src/contract/index.js';
import type { TestServer } from './server.js';

/** The cursor of a client after record `n`; if that record does not exist, with a command that nobody sent. */
export async function cursorAt(server: TestServer, n: number): Promise<Cursor> {
  const lines = (await server.read('journal.jsonl')).split('\n').filter(Boolean);
  const { journal } = JSON.parse(lines[0]!) as { journal: string };
  const line = lines.find((each) => each.includes(`"n":${n},`));
  const command = line ? (JSON.parse(line) as JournalRecord).id : randomUUID();
  return n === 0 ? { journal, n } : { journal, n, command };
}
