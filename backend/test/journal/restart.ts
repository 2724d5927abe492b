import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalRecord } from '../../src/contract/index.js';
import type { Image } from './disk-images.js';
import { newFolder } from './folders.js';
import type { LedgerState } from './ledger.js';
import { TestJournal } from './test-journal.js';

/** The result of a start on the files of an image. */
export interface Outcome {
  readonly records: readonly JournalRecord[];
  /** Errors that do not depend on the guarantees, as sentences. */
  readonly problems: readonly string[];
}

/** Starts on images, once on each. */
export class Restarts {
  private readonly outcomes = new Map<string, Promise<Outcome>>();

  /** The number of different images. */
  get size(): number {
    return this.outcomes.size;
  }

  on(key: string, image: Image): Promise<Outcome> {
    const outcome = this.outcomes.get(key) ?? restartOn(image);
    this.outcomes.set(key, outcome);
    return outcome;
  }
}

/**
 * Starts a journal on these files and uses it: whatever is stored must be recognised when it is sent again, one more command
 * must be stored, and the next start must find the same.
 */
async function restartOn(image: Image): Promise<Outcome> {
  const folder = await folderOf(image);
  try {
    const journal = await TestJournal.open(folder);
    const records = await journal.all();
    const problems: string[] = [];
    if (!isOf(journal.ledger.state, records)) problems.push('the state is not that of the records');
    const again = await Promise.all(records.map((record) => sendAgain(journal, record)));
    if (again.some((n, index) => n !== index + 1)) problems.push('a command that is sent again is not recognised');
    const { n } = await journal.post('afterwards');
    if (n !== records.length + 1) problems.push(`one more command is stored as ${n}`);
    const all = JSON.stringify(await journal.all());
    await journal.stop();
    const next = await TestJournal.open(folder);
    if (JSON.stringify(await next.all()) !== all) problems.push('the next start finds something else');
    await next.stop();
    return { records, problems };
  } catch (error) {
    return { records: [], problems: [`it does not start: ${String(error)}`] };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A folder with these files. */
export async function folderOf(image: Image): Promise<string> {
  const folder = join(await newFolder(), 'data');
  await mkdir(folder);
  for (const [name, bytes] of image) await writeFile(join(folder, name), bytes);
  return folder;
}

function isOf({ last, posted, stock }: LedgerState, records: readonly JournalRecord[]): boolean {
  const moves = records.filter((record) => record.type === 'stock-moved');
  const sum = moves.reduce((all, { delta }) => all + delta, 0);
  return last === records.length && posted === records.length - moves.length && stock === sum;
}

async function sendAgain(journal: TestJournal, record: JournalRecord): Promise<number> {
  if (record.type === 'stock-moved') return (await journal.move(record.id, record.delta)).n;
  return (await journal.post(record.id, record.type === 'message-posted' ? record.text : undefined)).n;
}
