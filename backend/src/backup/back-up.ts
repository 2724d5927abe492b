import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { VERSION } from '../contract/index.js';
import { FatalError } from '../errors/exit-codes.js';
import { makeFolder, syncFolder } from '../journal/file/folder.js';
import { JOURNAL_FILE, LogFile } from '../journal/file/log-file.js';
import {
  BACKUP_FORMAT,
  backupsIn,
  CUT_OFF,
  cutOffIn,
  type Manifest,
  MANIFEST_FILE,
  nameOfBackup,
  PICTURES,
  SUMS_FILE,
} from './contents.js';
import { explained } from './explained.js';
import { copyJournal } from './journal-copy.js';
import { writeNewFile } from './new-file.js';
import { copyPictures, copySideFiles, type Sums } from './side-files.js';
import { refuseInside } from './target.js';
import { verifyBackup } from './verify-backup.js';

const LOCK_FILE = '.lock';

/** What is to be backed up, and where. */
export interface BackupOrder {
  /** The data folder, of a server that runs or does not. */
  readonly from: string;
  /** The folder of backups, of which each is a folder of its own in it; made when missing. */
  readonly to: string;
  /** How many of the newest stay, this one included; undefined for all. */
  readonly keep?: number | undefined;
  /** ms */
  readonly now: number;
}

/** What a backup is doing. */
export type BackupStep = 'journal' | 'pictures' | 'verifying';

/** A backup that is whole, proven and on the disk. */
export interface Backup {
  readonly path: string;
  readonly manifest: Manifest;
  readonly bytes: number;
  /** Pictures in it. */
  readonly pictures: number;
  /** Pictures of the data folder that are not what their names say, and are not in it. */
  readonly damaged: readonly string[];
  /** Names of older backups that were removed. */
  readonly removed: readonly string[];
}

/**
 * Makes one backup, reads it back, and gives it its name only then; afterwards removes older ones. Throws `FatalError`: 65 for a damaged
 * journal, 70 where there is no room or the disk fails, 75 while another backup writes there, 78 for a folder that cannot be used.
 */
export async function backUp(
  order: BackupOrder,
  progress: (step: BackupStep) => void = () => undefined,
): Promise<Backup> {
  const { from, to } = order;
  await refuseInside(to, from);
  const sentences = {
    folder: to,
    noSpace: `There is no space in ${to}. No backup was made, and none was removed`,
    unusable: `The folder ${to} cannot be used for backups`,
  };
  return explained(sentences, async () => {
    await makeFolder(to);
    const lock = await locked(to);
    try {
      for (const name of await cutOffIn(to)) await rm(join(to, name), { recursive: true });
      const made = await make(order, progress);
      // One with a gap takes nobody's place.
      const removed = made.damaged.length > 0 ? [] : await removeOlder(to, made.name, order.keep);
      return { ...made, removed };
    } finally {
      await lock.close();
    }
  });
}

async function make({ from, to, now }: BackupOrder, progress: (step: BackupStep) => void) {
  const at = new Date(now).toISOString();
  const name = nameOfBackup(at);
  const part = join(to, `${name}${CUT_OFF}`);
  const before = (await backupsIn(to)).at(-1);
  await mkdir(part, { mode: 0o700 });
  try {
    progress('journal');
    // First: what members have set since the last record of the copy would be of later ones.
    const sums: Sums = await copySideFiles(from, part);
    const { sum, journal, n, newest, size } = await copyJournal(from, join(part, JOURNAL_FILE));
    sums.set(JOURNAL_FILE, sum);
    progress('pictures');
    // Afterwards: a picture is stored before the record that shows it.
    const pictures = await copyPictures(from, part, before === undefined ? undefined : join(to, before));
    for (const [picture, each] of pictures.sums) sums.set(`${PICTURES}/${picture}`, each);
    const manifest: Manifest = { format: BACKUP_FORMAT, version: VERSION, at, journal, n, newest, files: sums.size };
    await finish(part, manifest, sums);
    progress('verifying');
    await verifyBackup(part);
    await rename(part, join(to, name));
    await syncFolder(to);
    const { sums: copied, damaged, bytes } = pictures;
    return { name, path: join(to, name), manifest, bytes: size + bytes, pictures: copied.size, damaged };
  } catch (error) {
    await rm(part, { recursive: true, force: true });
    throw error;
  }
}

async function finish(part: string, manifest: Manifest, sums: Sums): Promise<void> {
  const text = Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`);
  sums.set(MANIFEST_FILE, await writeNewFile(join(part, MANIFEST_FILE), text));
  const lines = [...sums].map(([name, sum]) => `${sum}  ${name}\n`);
  await writeNewFile(join(part, SUMS_FILE), Buffer.from(lines.join('')));
  await syncFolder(part);
}

/** The one that was made stays, whatever the clock said when the others were. */
async function removeOlder(to: string, made: string, keep = Infinity): Promise<readonly string[]> {
  const others = (await backupsIn(to)).filter((name) => name !== made);
  const removed = others.slice(0, Math.max(0, others.length + 1 - keep));
  for (const name of removed) {
    // At once no backup any more: one that is half removed must not be taken for one.
    await rename(join(to, name), join(to, `${name}${CUT_OFF}`));
    await rm(join(to, `${name}${CUT_OFF}`), { recursive: true });
  }
  return removed;
}

async function locked(to: string): Promise<LogFile> {
  try {
    return await LogFile.open(join(to, LOCK_FILE));
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    throw new FatalError(error.exitCode, `Another backup writes to ${to}. Wait until it is done.`, { cause: error });
  }
}
