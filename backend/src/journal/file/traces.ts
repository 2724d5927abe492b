import { existsSync, readFileSync, statSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT, FatalError } from '../../errors/exit-codes.js';
import { CHECKPOINT_FILE } from './checkpoint.js';
import { HEADER_BYTES } from './codec.js';
import { syncFolder } from './folder.js';
import { JOURNAL_FILE } from './log-file.js';
import { WAL_FILE } from './wal-upgrade.js';

/** What a journal is called that is being restored. */
export const RESTORING_FILE = `${JOURNAL_FILE}.restoring`;

/** What shows that a folder had a journal, or is to have one: without it, that is not a place to begin anew in. */
const TRACES: readonly string[] = [CHECKPOINT_FILE, WAL_FILE, RESTORING_FILE];

/**
 * Whether a folder has a journal, damaged or not. The first line is on the disk before anything is made of it, so a file
 * that has not all of it, beside what a journal leads to, has been emptied.
 */
export function hasJournal(folder: string): boolean {
  const path = join(folder, JOURNAL_FILE);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return size > HEADER_BYTES || (size > 0 && readFileSync(path).includes('\n'));
}

/**
 * A folder that has what a journal leads to, and no journal, has lost it: a start that made a new one would erase the rest.
 * Throws `FatalError` (78) then.
 * @param views names of files that are made of a journal
 */
export function refuseOrphans(folder: string, views: readonly string[]): void {
  const isHere = (name: string) => existsSync(join(folder, name));
  // Whether a write-ahead log fits a journal is found out with it.
  if (hasJournal(folder) || (isHere(JOURNAL_FILE) && isHere(WAL_FILE))) return;
  const orphans = [...views, ...TRACES].filter(isHere);
  if (orphans.length === 0) return;
  // What it has set aside is the journal. Its views, which may still be here, are not all that there was.
  if (orphans.includes(RESTORING_FILE)) throw cutOffRestore(folder);
  const lost = isHere(JOURNAL_FILE) ? `nothing in ${JOURNAL_FILE}` : `no ${JOURNAL_FILE}`;
  const found = `${folder} has ${orphans.join(', ')} but ${lost}`;
  // An import takes in what people read; without that, there is nothing in the folder to go on with.
  const other = views.some(isHere)
    ? 'take in what chat.txt and products.json hold: npm run journal -- import'
    : 'begin anew in another folder';
  throw new FatalError(EXIT.configuration, `${found}. Restore a backup of the whole folder; or ${other}.`);
}

/**
 * Makes way for a journal in a folder that has lost its own (`hasJournal`), and keeps what led to that one for whoever wants to look.
 * Throws `FatalError` (78) where a restore was cut off: that one has the journal, set aside.
 * @param at the instant, ISO 8601
 */
export async function putTracesAside(folder: string, at: string): Promise<void> {
  if (existsSync(join(folder, RESTORING_FILE))) throw cutOffRestore(folder);
  for (const name of [JOURNAL_FILE, ...TRACES].filter((each) => existsSync(join(folder, each)))) {
    await rename(join(folder, name), join(folder, `${name}.unverified-${at.replaceAll(':', '')}`));
  }
  await syncFolder(folder);
}

/** For a folder that has a `RESTORING_FILE`. It may hold what was set aside, so nobody is asked to empty it. */
export function cutOffRestore(folder: string): FatalError {
  return new FatalError(
    EXIT.configuration,
    `${folder} has what a restore that was cut off has left. Restore again with --set-aside, which keeps all of it.`,
  );
}
