import { access, constants, type FileHandle, open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, isOutOfSpace } from '../errors/exit-codes.js';

/** How a file is opened. Tests put a system into its place that refuses: root is refused nothing. */
export type Open = (path: string, flags: string, mode?: number) => Promise<FileHandle>;

/** Throws what the system says where a folder can be neither written to nor made. Leaves all as it is. */
export async function tryFolder(folder: string, opening: Open = open): Promise<void> {
  if (await isFolder(folder)) await tryWriting(folder, opening);
  else await access(await nearestFolder(dirname(folder)), constants.W_OK | constants.X_OK);
}

/** Who runs this, and what lets that user write to a folder and all that is in it. */
export function givingTo(folder: string): { readonly user: string; readonly todo: string } {
  const user = process.getuid?.();
  // On Windows.
  if (user === undefined) return { user: 'the user who runs Lonja', todo: 'let that user write to it' };
  return { user: `user ${user}`, todo: `give it to that user (chown -R ${user} ${folder})` };
}

/** Whether it is there. Throws where something else is in its place. */
export async function isFolder(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
  throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
}

/** What stands on a full disk can be used: the server starts there, too. */
async function tryWriting(folder: string, opening: Open): Promise<void> {
  const path = join(folder, `.check-${process.pid}`);
  try {
    // Over what a process left that was killed meanwhile: in a container all have the same number.
    await using file = await opening(path, 'w', 0o600);
    await file.writeFile('Lonja checks whether it can write here. This file can be removed.\n');
    await file.sync();
  } catch (error) {
    if (!isOutOfSpace(error)) throw error;
  } finally {
    await rm(path, { force: true });
  }
}

async function nearestFolder(path: string): Promise<string> {
  return (await isFolder(path)) ? path : nearestFolder(dirname(path));
}
