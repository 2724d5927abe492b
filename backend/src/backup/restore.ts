import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { AuditLine } from '../contract/index.js';
import { EXIT, FatalError } from '../errors/exit-codes.js';
import { makeFolder, syncFolder } from '../journal/file/folder.js';
import { cutOffRestore, RESTORING_FILE } from '../journal/file/traces.js';
import { contentOf, CUT_OFF, isEmpty, isFile, isThere, NUMBERED_FILES, PICTURES, sumOf } from './contents.js';
import { explained } from './explained.js';
import { NewFile, writeNewFile } from './new-file.js';
import { type Cut, RestoredJournal } from './restored-journal.js';
import { refuseMoved, SetAside } from './set-aside.js';
import { type Verified, verifyBackup } from './verify-backup.js';

const AUDIT_FILE = 'audit.jsonl';

/** What is to be restored, and where. */
export interface RestoreOrder {
  /** A backup, or a plain copy of a data folder. */
  readonly from: string;
  /** The data folder: empty, or made, unless it is set aside. */
  readonly to: string;
  /** Whether what is in the data folder is moved into a folder of it first. */
  readonly setAside?: boolean | undefined;
  /** Up to where; everything when it is not given. */
  readonly upTo?: Cut | undefined;
  /** ms */
  readonly now: number;
}

/** What was restored. */
export interface Restored {
  /** The number and the instant of the last record; 0 and '' for none. */
  readonly n: number;
  readonly newest: string;
  /** Records of the backup that are not in it. */
  readonly left: number;
  readonly pictures: number;
  /** Where that is what was in the data folder before; undefined where nothing was. */
  readonly aside: string | undefined;
}

/**
 * Makes a data folder of a backup, as another history: whoever knows the one before begins anew, because nobody can know what was done
 * after the backup. Until the journal has its name, which comes last, no server starts with it. Throws `FatalError`: 65 for a damaged
 * backup, 70 without room, 75 while a server runs in what is to be set aside, 78 for a folder that is not empty.
 */
export async function restore(order: RestoreOrder): Promise<Restored> {
  const { to } = order;
  // One of its files stands for the whole.
  const from = (await isFile(order.from)) ? dirname(order.from) : resolve(order.from);
  if (from.endsWith(CUT_OFF)) {
    throw new FatalError(EXIT.configuration, `${from} is a backup that was cut off. Take another one.`);
  }
  const found = await verifyBackup(from);
  const isNew = !(await isThere(to));
  const sentences = {
    folder: to,
    noSpace: `There is no space in ${to}. Nothing was restored`,
    unusable: `The folder ${to} cannot be restored into`,
  };
  return explained(sentences, async () => {
    await (order.setAside ? refuseMoved(from, to) : refuseFull(to));
    await makeFolder(to);
    const aside = await SetAside.in(to, order.now);
    try {
      return await replace({ ...order, from }, found, aside);
    } catch (error) {
      if (isNew) await rm(to, { recursive: true, force: true });
      throw error;
    } finally {
      await aside.close();
    }
  });
}

/** Puts what was found in the place of what is there, or leaves that as it is. */
async function replace({ from, to, upTo, now }: RestoreOrder, found: Verified, aside: SetAside): Promise<Restored> {
  const journal = await RestoredJournal.write(from, to, found, upTo);
  try {
    await aside.move();
    const pictures = await copyFiles({ from, to }, found, journal);
    await note(to, { at: new Date(now).toISOString(), event: 'restored', detail: `${journal.n} records` });
    await journal.finish();
    const { n, newest } = journal;
    return { n, newest, left: found.n - n, pictures, aside: aside.names.length > 0 ? aside.path : undefined };
  } catch (error) {
    if (aside.isDone) await removeMade(to, found);
    await aside.putBack();
    // Last: without it a server might begin anew in a folder whose journal is not back yet.
    await journal.discard();
    throw error;
  } finally {
    await journal.close();
  }
}

/** Every file but the journal, each of them read back. Returns how many are pictures. */
async function copyFiles(
  { from, to }: Pick<RestoreOrder, 'from' | 'to'>,
  found: Verified,
  journal: RestoredJournal,
): Promise<number> {
  const pictures = found.files.filter((name) => name.startsWith(PICTURES));
  if (pictures.length > 0) await mkdir(join(to, PICTURES), { mode: 0o700 });
  for (const name of found.files) {
    const target = join(to, name);
    if (NUMBERED_FILES.includes(name)) {
      // What was set after the last record would be about others, which get the same numbers.
      if (journal.n === found.n) await adopt(join(from, name), target, found.journal, journal.id);
    } else if ((await copied(join(from, name), target)) !== (await sumOf(target))) {
      throw new FatalError(EXIT.io, `${target} is not what was written. Nothing was restored.`);
    }
  }
  if (pictures.length > 0) await syncFolder(join(to, PICTURES));
  return pictures.length;
}

async function copied(from: string, to: string): Promise<string> {
  const file = await NewFile.create(to);
  try {
    for await (const bytes of createReadStream(from, { highWaterMark: 1 << 20 })) await file.write(bytes as Buffer);
    return await file.finish();
  } finally {
    await file.close();
  }
}

/** The numbers are the same, and so is what members have set of them, under another identity. */
async function adopt(from: string, to: string, before: string, now: string): Promise<void> {
  const kept = keptIn((await contentOf(from)) ?? Buffer.alloc(0));
  if (kept?.journal !== before) return;
  await writeNewFile(to, Buffer.from(`${JSON.stringify({ ...kept, journal: now })}\n`));
}

function keptIn(bytes: Buffer): { readonly journal?: unknown } | undefined {
  try {
    return JSON.parse(bytes.toString()) as { readonly journal?: unknown };
  } catch {
    // Damaged before the backup was made: a server would have put it aside.
    return undefined;
  }
}

async function note(to: string, line: AuditLine): Promise<void> {
  const path = join(to, AUDIT_FILE);
  const before = await contentOf(path);
  await rm(path, { force: true });
  await writeNewFile(path, Buffer.concat([before ?? Buffer.alloc(0), Buffer.from(`${JSON.stringify(line)}\n`)]));
}

async function refuseFull(to: string): Promise<void> {
  if (await isThere(join(to, RESTORING_FILE))) throw cutOffRestore(to);
  if (await isEmpty(to)) return;
  throw new FatalError(
    EXIT.configuration,
    `${to} is not empty. Restore into an empty folder, or with --set-aside, which keeps what is there.`,
  );
}

/** What was made but the journal, so that the next try finds the folder as this one did. */
async function removeMade(to: string, { files }: Verified): Promise<void> {
  for (const name of [...files, AUDIT_FILE]) await rm(join(to, name), { force: true });
  await rm(join(to, PICTURES), { recursive: true, force: true });
}
