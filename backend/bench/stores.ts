import { randomUUID } from 'node:crypto';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { MessagePosted } from '../src/contract/index.js';
import { FileRecordStore } from '../src/journal/file/file-record-store.js';
import { Journal } from '../src/journal/journal.js';
import { MonotonicClock } from '../src/journal/monotonic-clock.js';

/** A way to store messages: `append` resolves when one is stored with the durability of that store. */
export interface Store {
  append(text: string): Promise<unknown>;
  close(): Promise<void>;
}

/** The journal, with everything it does for a command. */
export async function ours(folder: string): Promise<Store> {
  const halt = (failure: Error) => {
    throw failure;
  };
  const clock = new MonotonicClock(() => new Date().toISOString());
  const journal = new Journal({ store: new FileRecordStore({ folder, clock: () => clock.now() }), clock, halt });
  await journal.onModuleInit();
  return {
    append: (text) => {
      const intent = { type: 'message-posted', text } as const;
      return journal.commit<MessagePosted>({ id: randomUUID(), by: 'ana@acme.com', intent }, () => intent);
    },
    close: async () => {
      await journal.onModuleDestroy();
      await journal.beforeApplicationShutdown();
    },
  };
}

/** A file to which each message is appended, one after the other, with or without waiting for the disk. */
export async function file(folder: string, sync: boolean): Promise<Store> {
  const handle = await open(join(folder, 'plain.jsonl'), 'a');
  let last: Promise<unknown> = Promise.resolve();
  const append = async (text: string) => {
    await handle.write(line(text));
    if (sync) await handle.datasync();
  };
  return { append: (text) => (last = last.then(() => append(text))), close: () => handle.close() };
}

/** What most tutorials do: read the list, add to it, write all of it. */
export async function wholeFile(folder: string, stored: number): Promise<Store> {
  const path = join(folder, 'messages.json');
  await writeFile(path, JSON.stringify(Array.from({ length: stored }, (_, index) => message(`message ${index}`))));
  let last: Promise<unknown> = Promise.resolve();
  const append = async (text: string) => {
    const messages = JSON.parse(await readFile(path, 'utf8')) as object[];
    messages.push(message(text));
    await writeFile(path, JSON.stringify(messages));
  };
  return { append: (text) => (last = last.then(() => append(text))), close: () => Promise.resolve() };
}

/** SQLite in full durability: one transaction for each message, or one for all that came in a turn of the event loop. */
export function sqlite(folder: string, batched: boolean): Promise<Store> {
  const database = new DatabaseSync(join(folder, `${batched ? 'batched' : 'each'}.sqlite`));
  database.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE log (n INTEGER PRIMARY KEY, line TEXT)',
  );
  const insert = database.prepare('INSERT INTO log (line) VALUES (?)');
  let waiting: (() => void)[] = [];
  let lines: string[] = [];
  const flush = () => {
    const callers = waiting;
    database.exec('BEGIN');
    for (const text of lines) insert.run(text);
    database.exec('COMMIT');
    [waiting, lines] = [[], []];
    for (const resolve of callers) resolve();
  };
  const later = (text: string) =>
    new Promise<void>((resolve) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push(resolve);
      lines.push(line(text));
    });
  const at = (text: string) => Promise.resolve(insert.run(line(text)));
  const close = () => {
    database.close();
    return Promise.resolve();
  };
  return Promise.resolve({ append: batched ? later : at, close });
}

function line(text: string): string {
  return `${JSON.stringify(message(text))}\n`;
}

function message(text: string): object {
  return { at: new Date().toISOString(), by: 'ana@acme.com', id: randomUUID(), type: 'message-posted', text };
}
