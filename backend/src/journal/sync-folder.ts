import { mkdir, open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

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
