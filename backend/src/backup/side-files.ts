import { link, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../journal/file/folder.js';
import { hash } from 'node:crypto';
import { AUDIT_FILES, contentOf, isOfItsName, NUMBERED_FILES, PICTURES, picturesIn, sumOf } from './contents.js';
import { writeNewFile } from './new-file.js';

/** The SHA-256 (hexadecimal) of files, by name. */
export type Sums = Map<string, string>;

/** What was copied of the pictures. */
export interface CopiedPictures {
  readonly sums: Sums;
  /** Those that are not what their names say. */
  readonly damaged: readonly string[];
  readonly bytes: number;
}

/** Copies what no record says: what members have set for themselves, and the audit. */
export async function copySideFiles(from: string, to: string): Promise<Sums> {
  const sums: Sums = new Map();
  for (const name of [...NUMBERED_FILES, ...AUDIT_FILES]) {
    const bytes = await contentOf(join(from, name));
    if (!bytes) continue;
    const isLines = AUDIT_FILES.includes(name);
    // Those that are replaced are whole at any time; a line may be on its way.
    const whole = isLines ? bytes.subarray(0, bytes.lastIndexOf('\n') + 1) : bytes;
    sums.set(name, await writeNewFile(join(to, name), whole));
  }
  return sums;
}

/**
 * Copies the pictures, or links those that an earlier backup on the same file system has: none ever changes.
 * @param before the folder of an earlier backup
 */
export async function copyPictures(from: string, to: string, before: string | undefined): Promise<CopiedPictures> {
  const sums: Sums = new Map();
  const damaged: string[] = [];
  let bytes = 0;
  await mkdir(join(to, PICTURES), { mode: 0o700 });
  for (const name of await picturesIn(from)) {
    const target = join(to, PICTURES, name);
    const sum = name.slice(0, name.indexOf('.'));
    if (before !== undefined && (await isLinked(join(before, PICTURES, name), target, sum))) {
      sums.set(name, sum);
      continue;
    }
    const picture = await contentOf(join(from, PICTURES, name));
    // The owner may remove those that no product shows.
    if (!picture) continue;
    if (!isOfItsName(name, hash('sha256', picture))) damaged.push(name);
    else sums.set(name, await writeNewFile(target, picture));
    bytes += picture.length;
  }
  await syncFolder(join(to, PICTURES));
  return { sums, damaged, bytes };
}

async function isLinked(earlier: string, target: string, sum: string): Promise<boolean> {
  try {
    await link(earlier, target);
  } catch {
    // It is not there, or the file system has no links, or not so many: then it is copied.
    return false;
  }
  if ((await sumOf(target)) === sum) return true;
  // What has become bad there must not go on.
  await rm(target);
  return false;
}
