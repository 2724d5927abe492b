import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT, FatalError } from '../errors/exit-codes.js';
import { JOURNAL_FILE, LogFile } from '../journal/file/log-file.js';
import { damageFound, isLoss } from '../journal/file/scan.js';
import {
  AUDIT_FILES,
  backupsIn,
  contentOf,
  isOfItsName,
  isThere,
  type Manifest,
  MANIFEST_FILE,
  manifestIn,
  NUMBERED_FILES,
  PICTURES,
  picturesIn,
  sumOf,
  SUMS_FILE,
} from './contents.js';
import { type ReadJournal, readJournal } from './journal-copy.js';

/** What a folder has from which a server can be restored. */
export interface Verified extends ReadJournal {
  /** Undefined for a plain copy of a data folder. */
  readonly manifest: Manifest | undefined;
  /** What is beside the journal, by path in the folder. */
  readonly files: readonly string[];
}

/**
 * Reads all of a backup, or of a plain copy of a data folder: every checksum, every line of the journal, every picture. Throws
 * `FatalError`: 65 when anything is not as it was written, 78 where there is none.
 */
export async function verifyBackup(folder: string): Promise<Verified> {
  const manifest = await manifestIn(folder);
  if (manifest) await verifySums(folder, manifest);
  else await refuseOther(folder);
  const file = await LogFile.view(join(folder, JOURNAL_FILE));
  try {
    const found = await readJournal(file);
    const { rest, n, journal } = found;
    // A plain copy may end in the middle of a write; a backup was cut where a line ends.
    if (rest && (manifest || !isLoss(rest, n))) throw damageFound(file.path, found);
    if (manifest && (manifest.n !== n || manifest.journal !== journal)) {
      throw damaged(folder, `the journal is not the one of the manifest, with ${manifest.n} records`);
    }
    return { ...found, manifest, files: await filesBeside(folder) };
  } finally {
    await file.close();
  }
}

async function filesBeside(folder: string): Promise<readonly string[]> {
  const pictures = (await picturesIn(folder)).map((name) => `${PICTURES}/${name}`);
  const names = await readdir(folder);
  return [...[...NUMBERED_FILES, ...AUDIT_FILES].filter((name) => names.includes(name)), ...pictures];
}

/** Every line must be there too: so many as the manifest says, and its own. */
async function verifySums(folder: string, { files }: Manifest): Promise<void> {
  const sums = (await contentOf(join(folder, SUMS_FILE)))?.toString() ?? '';
  const lines = sums.split('\n').slice(0, -1);
  if (lines.length !== files + 1) throw damaged(folder, `${SUMS_FILE} is not whole`);
  for (const line of lines) {
    const [sum = '', name = ''] = line.split('  ');
    const path = join(folder, name);
    if (!(await isThere(path))) throw damaged(folder, `${name} is missing`);
    if ((await sumOf(path)) !== sum) throw damaged(folder, `${name} is not what was written`);
  }
}

/** Of what is no backup and no copy of a data folder. */
async function refuseOther(folder: string): Promise<void> {
  if (await isThere(join(folder, SUMS_FILE))) throw damaged(folder, `${MANIFEST_FILE} is missing`);
  if (await isThere(join(folder, JOURNAL_FILE))) return verifyPictures(folder);
  const newest = (await backupsIn(folder)).at(-1);
  throw refusal(
    newest === undefined
      ? `There is no backup in ${folder}.`
      : `Name one backup: the newest is ${join(folder, newest)}.`,
  );
}

async function verifyPictures(folder: string): Promise<void> {
  for (const name of await picturesIn(folder)) {
    const isRight = isOfItsName(name, await sumOf(join(folder, PICTURES, name)));
    if (!isRight) throw damaged(folder, `${PICTURES}/${name} is not what its name says`);
  }
}

function refusal(why: string): FatalError {
  return new FatalError(EXIT.configuration, why);
}

function damaged(folder: string, what: string): FatalError {
  return new FatalError(EXIT.damaged, `The backup ${folder} is damaged: ${what}.`);
}
