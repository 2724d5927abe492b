import { randomUUID } from 'node:crypto';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalRecord } from '../contract/index.js';
import { codeOf, EXIT, FatalError } from '../errors/exit-codes.js';
import { FileRecordStore } from '../journal/file/file-record-store.js';
import { syncFolder } from '../journal/file/folder.js';
import { JOURNAL_FILE } from '../journal/file/log-file.js';
import { hasJournal, putTracesAside } from '../journal/file/traces.js';
import { type Draft, readChat } from './import-chat.js';
import { readProducts } from './import-products.js';

/** Records that one append stores. */
const STEP_RECORDS = 1_000;
/** Where the journal is made, within the data folder; gone when the import ends. */
const IMPORTING_FOLDER = 'journal.importing';

/** What an import made of a folder. */
export interface Imported {
  readonly messages: number;
  /** Edits, deletions and agreements. */
  readonly changes: number;
  readonly products: number;
  /** What could not be read, a sentence each, with the file and the line. */
  readonly unread: readonly string[];
}

/**
 * Makes a journal of the `chat.txt` (in B5's format) and the `products.json` of a folder that has none: records with their
 * authors and instants, in the order of these. The files stay as they are; what else a lost journal has left is put aside.
 * Throws `FatalError` (78) where there is a journal already, or nothing to read, or a restore was cut off; `NoSpace`.
 */
export async function importFolder(folder: string): Promise<Imported> {
  if (hasJournal(folder)) {
    throw new FatalError(EXIT.configuration, `${folder} has a journal already: nothing is imported beside it.`);
  }
  const [transcript, list] = await Promise.all([read(folder, 'chat.txt'), read(folder, 'products.json')]);
  if (transcript === undefined && list === undefined) {
    throw new FatalError(EXIT.configuration, `There is no chat.txt and no products.json in ${folder}.`);
  }
  const chat = readChat(transcript ?? '');
  const products = readProducts(list ?? '[]');
  // By their instants; where these are equal, and within one file, as they stand.
  const drafts = [...products.drafts, ...chat.drafts].sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  await store(folder, drafts);
  const posted = chat.drafts.filter(({ body }) => body.type === 'message-posted').length;
  return {
    messages: posted,
    changes: chat.drafts.length - posted,
    products: products.drafts.length,
    unread: [...chat.unread, ...products.unread],
  };
}

/** Made in a folder of its own, so that an import that is cut off, or finds no space, leaves no journal with a part of it. */
async function store(folder: string, drafts: readonly Draft[]): Promise<void> {
  const clock = () => new Date().toISOString();
  const making = join(folder, IMPORTING_FOLDER);
  await rm(making, { recursive: true, force: true });
  try {
    await write(making, drafts, clock);
    await putTracesAside(folder, clock());
    await rename(join(making, JOURNAL_FILE), join(folder, JOURNAL_FILE));
    await syncFolder(folder);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

async function write(folder: string, drafts: readonly Draft[], clock: () => string): Promise<void> {
  const records = new FileRecordStore({ folder, clock });
  await records.recover(() => undefined, []);
  try {
    const numbers = new Map(drafts.map((draft, index) => [draft, index + 1]));
    let at = '';
    const all = drafts.map((draft, index): JournalRecord => {
      // Instants of a journal never run backwards.
      at = draft.at > at ? draft.at : at;
      const about = draft.about && { message: numbers.get(draft.about) };
      return { n: index + 1, at, by: draft.by, id: randomUUID(), ...draft.body, ...about } as JournalRecord;
    });
    for (let from = 0; from < all.length; from += STEP_RECORDS) {
      await records.append(all.slice(from, from + STEP_RECORDS), from);
    }
  } finally {
    await records.close();
  }
}

async function read(folder: string, name: string): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(join(folder, name)));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    if (!(error instanceof TypeError)) throw error;
    throw new FatalError(EXIT.configuration, `${name} is not UTF-8: convert it first.`, { cause: error });
  }
}
