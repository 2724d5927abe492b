import { type FileHandle, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../errors/exit-codes.js';
import { syncFolder } from './sync-folder.js';

/**
 * Keeps bytes in a file of their own, for whoever wants to look, and waits until it and its name are on the disk.
 * @param path of the file; when there is one already, a number is added
 * @returns where they are
 */
export async function keepAside(bytes: Buffer, path: string): Promise<string> {
  const { made, file } = await make(path);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } catch (error) {
    // Each start on a full disk would leave another piece of it.
    await rm(made);
    throw error;
  } finally {
    await file.close();
  }
  await syncFolder(dirname(made));
  return made;
}

/** Never in the place of what was kept before: clocks stand still, and jump back to where they were. */
async function make(path: string): Promise<{ readonly made: string; readonly file: FileHandle }> {
  for (let count = 1; ; count++) {
    const made = count === 1 ? path : `${path}-${count}`;
    try {
      return { made, file: await open(made, 'wx', 0o600) };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}
