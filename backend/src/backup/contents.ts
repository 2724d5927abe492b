import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isStoredPicture } from '../contract/index.js';
import { codeOf, EXIT, FatalError } from '../errors/exit-codes.js';

/** What a backup is called: `lonja-` and the instant in UTC, so that names sort as the backups were made. */
const NAME = /^lonja-\d{4}-\d\d-\d\dT\d{6}\.\d{3}Z$/;
/** What it is called until it is whole and proven; one that is left over was cut off. */
export const CUT_OFF = '.part';

export const MANIFEST_FILE = 'manifest.json';
/** The SHA-256 of every other file, as `sha256sum -c` reads it. */
export const SUMS_FILE = 'SHA256SUMS';
export const PICTURES = 'pictures';

/** Numbers of records in them mean something only in their history, which they name. */
export const NUMBERED_FILES: readonly string[] = ['marks.json', 'follows.json'];
/** Lines, of which the last one may not be whole yet. */
export const AUDIT_FILES: readonly string[] = ['audit.jsonl', 'audit.1.jsonl'];

/** The version of this layout. */
export const BACKUP_FORMAT = 1;

/** `manifest.json`: what a backup is of. */
export interface Manifest {
  readonly format: number;
  /** The version of Lonja that made it. */
  readonly version: string;
  /** When it was begun, an ISO instant. */
  readonly at: string;
  /** The identity of the history. */
  readonly journal: string;
  /** The number of the last record, and its instant; 0 and '' where there is none. */
  readonly n: number;
  readonly newest: string;
  /** How many files there are besides this one and the sums. */
  readonly files: number;
}

/** @param at an ISO instant */
export function nameOfBackup(at: string): string {
  return `lonja-${at.replaceAll(':', '')}`;
}

/** The finished backups in a folder, the oldest first; none where there is no folder. */
export async function backupsIn(folder: string): Promise<string[]> {
  return (await namesIn(folder)).filter((name) => NAME.test(name)).sort();
}

/** The unfinished ones. */
export async function cutOffIn(folder: string): Promise<string[]> {
  const isCutOff = (name: string) => name.endsWith(CUT_OFF) && NAME.test(name.slice(0, -CUT_OFF.length));
  return (await namesIn(folder)).filter(isCutOff);
}

/** The names of the pictures in a data folder or a backup. */
export async function picturesIn(folder: string): Promise<string[]> {
  return (await namesIn(join(folder, PICTURES))).filter((name) => isStoredPicture(`/${PICTURES}/${name}`)).sort();
}

/** Whether a picture is what its name says: the SHA-256 of its content. */
export function isOfItsName(name: string, sum: string): boolean {
  return name.startsWith(`${sum}.`);
}

/** The content of a file; undefined where there is none. */
export async function contentOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** SHA-256 (hexadecimal) of a file, whatever its size. */
export async function sumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(bytes as Buffer);
  return hash.digest('hex');
}

/** The manifest of a backup; undefined in a folder without one. Throws `FatalError`: 65 when it is damaged, 78 for a later format. */
export async function manifestIn(folder: string): Promise<Manifest | undefined> {
  const bytes = await contentOf(join(folder, MANIFEST_FILE));
  if (!bytes) return undefined;
  const manifest = parsed(bytes);
  if (typeof manifest?.format !== 'number') {
    throw new FatalError(EXIT.damaged, `The backup ${folder} is damaged: ${MANIFEST_FILE} is not what was written.`);
  }
  if (manifest.format !== BACKUP_FORMAT) {
    const later = `was made by a later version (${manifest.version ?? 'unknown'}, format ${manifest.format})`;
    throw new FatalError(EXIT.configuration, `The backup ${folder} ${later}. Restore it with that one.`);
  }
  return manifest as Manifest;
}

/** The same, and undefined also for one that nobody would restore with this version: it must not hide the one before. */
export async function restorableManifestIn(folder: string): Promise<Manifest | undefined> {
  try {
    return await manifestIn(folder);
  } catch (error) {
    if (error instanceof FatalError) return undefined;
    throw error;
  }
}

/** Whether somebody put something there: a disk of its own has this folder from the beginning. */
export async function isEmpty(folder: string): Promise<boolean> {
  return (await namesIn(folder)).every((name) => name === 'lost+found');
}

export async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return false;
    throw error;
  }
}

export async function isFile(path: string): Promise<boolean> {
  return (await isThere(path)) && (await stat(path)).isFile();
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

function parsed(bytes: Buffer): Partial<Manifest> | undefined {
  try {
    return JSON.parse(bytes.toString()) as Partial<Manifest>;
  } catch {
    // Cut off, or edited by hand.
    return undefined;
  }
}
