import { mkdir, readdir, rename, rmdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { EXIT, FatalError } from '../errors/exit-codes.js';
import { syncFolder } from '../journal/file/folder.js';
import { JOURNAL_FILE, LogFile } from '../journal/file/log-file.js';
import { RESTORING_FILE } from '../journal/file/traces.js';
import { isThere } from './contents.js';
import { realPlace } from './target.js';

/** In the data folder: this and the instant in UTC. */
const PREFIX = 'before-restore-';

/**
 * What was in a data folder before a restore, in a folder of it: on the same file system, so that it is moved and not copied. Nothing else
 * of Lonja reads it.
 */
export class SetAside {
  /** What was moved so far, in that order. */
  private readonly moved: string[] = [];
  /** Whether nothing of what was there is in its old place any more. */
  isDone = false;

  private constructor(
    private readonly folder: string,
    /** Where it goes. */
    readonly path: string,
    /** What is to be moved: the journal first. */
    readonly names: readonly string[],
    private readonly journal: LogFile | undefined,
  ) {}

  /**
   * Looks what there is, and locks its journal until `close`; moves nothing yet. Throws `FatalError` (75) while a server runs.
   * @param now ms
   */
  static async in(folder: string, now: number): Promise<SetAside> {
    const journal = await lockedIn(folder);
    const names = (await readdir(folder)).filter((name) => !stays(name));
    // With that of a restore that has begun, a folder without a journal is refused by every start, whatever else is in it.
    const order = [...names.filter((name) => name === JOURNAL_FILE), ...names.filter((name) => name !== JOURNAL_FILE)];
    const path = join(folder, `${PREFIX}${new Date(now).toISOString().replaceAll(':', '')}`);
    return new SetAside(folder, path, order, journal);
  }

  /** Moves all of it. When that resolves, the disk has it so. */
  async move(): Promise<void> {
    if (this.names.length > 0) await mkdir(this.path, { mode: 0o700 });
    for (const name of this.names) {
      await rename(join(this.folder, name), join(this.path, name));
      this.moved.push(name);
      // Before anything else has gone: what runs without its pictures and its members' marks looks whole.
      if (name === JOURNAL_FILE) await this.sync();
    }
    if (this.names.length > 0) await this.sync();
    this.isDone = true;
  }

  /** Moves back what was moved, the journal last. */
  async putBack(): Promise<void> {
    for (const name of this.moved.toReversed()) await rename(join(this.path, name), join(this.folder, name));
    // There is none where making it was what failed.
    await rmdir(this.path).catch(() => undefined);
    await syncFolder(this.folder);
  }

  async close(): Promise<void> {
    await this.journal?.close();
  }

  private async sync(): Promise<void> {
    await syncFolder(this.path);
    await syncFolder(this.folder);
  }
}

/** Throws `FatalError` (78) for a backup in the data folder, unless it is what a restore has set aside: it would be moved away. */
export async function refuseMoved(from: string, folder: string): Promise<void> {
  const [inner, outer] = await Promise.all([realPlace(from), realPlace(folder)]);
  const [first = ''] = relative(outer, inner).split(sep);
  if (first === '..' || first.startsWith(PREFIX)) return;
  throw new FatalError(
    EXIT.configuration,
    `${from} is in ${folder}, which is to be set aside. Move it elsewhere first.`,
  );
}

/** A disk of its own has `lost+found` from the beginning. */
function stays(name: string): boolean {
  return name === 'lost+found' || name === RESTORING_FILE || name.startsWith(PREFIX);
}

async function lockedIn(folder: string): Promise<LogFile | undefined> {
  const path = join(folder, JOURNAL_FILE);
  // Opening it would make one where there is none.
  return (await isThere(path)) ? LogFile.open(path) : undefined;
}
