import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf } from '../../errors/exit-codes.js';

/** Waits until the names in a folder are on the disk: a synced file with an unsynced name can vanish. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a folder (mode 0700) and those above it that are missing, all of them on the disk. */
export async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made === undefined) return;
  for (let each = resolve(folder); each.length >= resolve(made).length; each = dirname(each)) {
    await syncFolder(dirname(each));
  }
}

/**
 * Keeps bytes in a file of their own, for whoever wants to look, and waits until it and its name are on the disk.
 * @param path of the file; when there is one already, a number is added
 * @returns where they are
 */
export async function keepAside(bytes: Buffer, path: string): Promise<string> {
  const { made, file } = await makeFile(path);
  await fill(made, file, bytes);
  await syncFolder(dirname(made));
  return made;
}

/** Suffix of the temporary files of `replaceFile`; one is left over when the process is killed. */
export const UNFINISHED = '.part';

/**
 * Replaces or makes a file (mode 0600) atomically, and waits until its content and its name are on the disk. Concurrent calls
 * for one path are safe: the last one wins.
 */
export async function replaceFile(path: string, bytes: Buffer): Promise<void> {
  const part = `${path}.${randomUUID()}${UNFINISHED}`;
  await fill(part, await open(part, 'wx', 0o600), bytes);
  await rename(part, path);
  await syncFolder(dirname(path));
}

/** Writes and syncs a new file, or removes it. */
async function fill(path: string, file: FileHandle, bytes: Buffer): Promise<void> {
  try {
    await file.writeFile(bytes);
    await file.sync();
  } catch (error) {
    // Each try on a full disk would leave another piece of it.
    await rm(path);
    throw error;
  } finally {
    await file.close();
  }
}

/** Never in the place of what was kept before: clocks stand still, and jump back to where they were. */
async function makeFile(path: string): Promise<{ readonly made: string; readonly file: FileHandle }> {
  for (let count = 1; ; count++) {
    const made = count === 1 ? path : `${path}-${count}`;
    try {
      return { made, file: await open(made, 'wx', 0o600) };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}
