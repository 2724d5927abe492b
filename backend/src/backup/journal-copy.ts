import { existsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { codeOf, EXIT, FatalError } from '../errors/exit-codes.js';
import { HEADER_BYTES } from '../journal/file/codec.js';
import { JOURNAL_FILE, LogFile } from '../journal/file/log-file.js';
import { instantIn } from '../journal/file/record-lines.js';
import { damageFound, isLoss, scan, type Scanned, START } from '../journal/file/scan.js';
import { WAL_FILE } from '../journal/file/wal-upgrade.js';
import { NewFile } from './new-file.js';

const STEP_BYTES = 4 << 20;
/** How often a copy is begun again because the server has cut its journal back meanwhile, as it does on a full disk. */
const TRIES = 5;

/** The whole lines of a journal. */
export interface ReadJournal extends Scanned {
  /** Identity of the history. */
  readonly journal: string;
  /** The instant of the last record; '' where there is none. */
  readonly newest: string;
}

/** What was copied of a journal: a prefix of it, all of which is on the disk of both. */
export interface JournalCopy extends ReadJournal {
  /** SHA-256 (hexadecimal) of the copy. */
  readonly sum: string;
}

/** Reads all lines of a journal. What follows the last whole one is in `rest`. */
export async function readJournal(file: LogFile): Promise<ReadJournal> {
  let journal = '';
  let last: Buffer | undefined;
  const scanned = await scan(file, START, {
    header: (id) => (journal = id),
    record: (_head, bytes) => (last = bytes),
  });
  return { ...scanned, journal, newest: last ? instantIn(last) : '' };
}

/**
 * Copies what is durable of the journal of a data folder, whether or not a server writes to it. A write that is under way, or was cut
 * off, is not in the copy. Throws `FatalError`: 78 without a journal, 65 for a damaged one, 75 when it does not hold still.
 */
export async function copyJournal(folder: string, target: string): Promise<JournalCopy> {
  const path = join(folder, JOURNAL_FILE);
  refuseEarlier(folder);
  let damage: number | undefined;
  for (let count = 0; count < TRIES; count++) {
    const file = await viewed(path, folder);
    try {
      const found = await readJournal(file);
      const isDamaged = found.rest !== undefined && !isLoss(found.rest, found.n);
      // A journal that is cut back and written again while it is read looks damaged, once.
      if (isDamaged && damage === found.size) throw damageFound(path, found);
      damage = isDamaged ? found.size : undefined;
      const sum = isDamaged ? undefined : await copyLines(file, found, target);
      if (sum !== undefined && (await isSettled(path, target, found))) return { ...found, sum };
    } finally {
      await file.close();
    }
  }
  throw new FatalError(EXIT.locked, `The journal ${path} was changed again and again while it was copied. Try again.`);
}

/** Copies exactly the lines that were read; undefined when they are not the same any more. */
async function copyLines(file: LogFile, { size, crc }: Scanned, path: string): Promise<string | undefined> {
  await rm(path, { force: true });
  const copy = await NewFile.create(path);
  try {
    let found = 0;
    for (let offset = 0; offset < size;) {
      const bytes = await file.read(offset, Math.min(STEP_BYTES, size - offset));
      if (bytes.length === 0) return undefined;
      found = crc32(bytes, found);
      await copy.write(bytes);
      offset += bytes.length;
    }
    return found === crc ? await copy.finish() : undefined;
  } finally {
    await copy.close();
  }
}

/**
 * Makes the disk of the journal have the lines that no later one proves, and looks whether they are still there: a batch that found no
 * space is cut off again, and nobody was promised it.
 */
async function isSettled(path: string, target: string, { size, unproven }: Scanned): Promise<boolean> {
  await syncOf(path);
  // By its path: it may have been replaced by another one, which has another header.
  const [now, copy] = await Promise.all([LogFile.view(path), LogFile.view(target)]);
  try {
    if (now.size < size) return false;
    for (const [offset, length] of [[0, HEADER_BYTES] as const, [unproven, size - unproven] as const]) {
      const [there, copied] = await Promise.all([now.read(offset, length), copy.read(offset, length)]);
      if (!there.equals(copied)) return false;
    }
    return true;
  } finally {
    await now.close();
    await copy.close();
  }
}

async function syncOf(path: string): Promise<void> {
  await using handle = await open(path, 'r');
  await handle.datasync();
}

async function viewed(path: string, folder: string): Promise<LogFile> {
  try {
    const file = await LogFile.view(path);
    if (file.size >= HEADER_BYTES) return file;
    await file.close();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw error;
  }
  throw new FatalError(EXIT.configuration, `There is no journal in ${folder}.`);
}

function refuseEarlier(folder: string): void {
  if (!existsSync(join(folder, WAL_FILE))) return;
  const advice = 'start the server once, which takes it in';
  throw new FatalError(EXIT.configuration, `${WAL_FILE} of an earlier version is beside the journal: ${advice}.`);
}
