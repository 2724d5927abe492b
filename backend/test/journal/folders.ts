import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll } from '@jest/globals';
import type { JournalRecord } from '../../src/contract/index.js';
import { JOURNAL_FILE } from '../../src/journal/file/log-file.js';

const made: string[] = [];

afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

/** Where thousands of small journals are quick; where there is no such thing, the disk. */
const MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A folder of its own, removed when all tests of the file have ended: in memory, or on the disk for what depends on its pace. */
export async function newFolder(parent = MEMORY): Promise<string> {
  const folder = await mkdtemp(join(parent, 'lonja-journal-'));
  made.push(folder);
  return folder;
}

/** A folder with the same files. */
export async function copyOf(folder: string): Promise<string> {
  const copy = await newFolder();
  await cp(folder, copy, { recursive: true });
  return copy;
}

/** What `cp` says of a file that is replaced (written beside, then renamed) while it copies: it leaves that file out, and exits with 1. */
const REPLACED_MEANWHILE =
  /^cp: (cannot (stat|open) .*: No such file or directory|skipping file .* replaced while being copied)$/;

/**
 * A copy as an owner makes it, with `cp -a`, of a folder in which a server writes. It may lack a file that is replaced as a whole;
 * the journal is none of those.
 */
export async function copyWhileWritten(folder: string): Promise<string> {
  const copy = join(await newFolder(tmpdir()), 'copy');
  const copying = promisify(execFile)('cp', ['-a', folder, copy], { env: { ...process.env, LC_ALL: 'C' } });
  await copying.catch((failure: unknown) => {
    const lines = (failure as { readonly stderr: string }).stderr.trimEnd().split('\n');
    if (!lines.every((line) => REPLACED_MEANWHILE.test(line))) throw failure;
  });
  return copy;
}

export const journalPath = (folder: string) => join(folder, JOURNAL_FILE);
export const journalBytes = (folder: string) => readFile(journalPath(folder));

/** A folder whose journal has exactly these bytes. */
export async function folderWith(bytes: Buffer): Promise<string> {
  const folder = await newFolder();
  await writeFile(journalPath(folder), bytes);
  return folder;
}

/** Whole lines of a journal, line breaks included. */
export function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf('\n', start) + 1 || bytes.length;
    lines.push(bytes.subarray(start, end));
    start = end;
  }
  return lines;
}

/** The records of a whole journal, read without any of the journal's code. */
export async function storedIn(folder: string): Promise<JournalRecord[]> {
  const lines = linesOf(await journalBytes(folder)).map((line) => JSON.parse(line.toString()) as object);
  return lines.filter((line) => 'n' in line) as JournalRecord[];
}
