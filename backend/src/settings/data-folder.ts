import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.js';
import { codeOf, EXIT, FatalError } from '../errors/exit-codes.js';
import { givingTo, isFolder, type Open, tryFolder } from './writable-folder.js';

/** Files that are written where they stand. */
const WRITTEN = ['journal.jsonl', 'chat.txt', 'audit.jsonl', 'index.sqlite', 'index.sqlite-wal', 'index.sqlite-shm'];
/** Files that are read, and replaced whole. Cursors and the checkpoint are not among them: without those a start is slower. */
const READ = ['sessions.json', 'invitations.json', 'marks.json', 'follows.json', 'products.json'];
const SECRET = 'session-secret';
const PICTURES = 'pictures';

type Settings = Pick<Config, 'DATA_DIR' | 'SESSION_SECRET'>;

/**
 * Whether the data folder can be written to, or made, and what is in it used: a server that finds out later can do half of its work.
 * Leaves all as it is: a server may be running in it. Throws `FatalError` (78) with what to do.
 */
export async function checkDataFolder({ DATA_DIR, SESSION_SECRET }: Settings, opening: Open = open): Promise<void> {
  const tryAs = (name: string, use: () => Promise<void>) => attempt(DATA_DIR, name, use);
  await tryAs('', () => tryFolder(DATA_DIR, opening));
  for (const name of WRITTEN) await tryAs(name, () => tryOpening(join(DATA_DIR, name), 'r+', opening));
  for (const name of [...READ, ...(SESSION_SECRET ? [] : [SECRET])])
    await tryAs(name, () => tryOpening(join(DATA_DIR, name), 'r', opening));
  const pictures = join(DATA_DIR, PICTURES);
  await tryAs(PICTURES, async () => {
    if (await isFolder(pictures)) await tryFolder(pictures, opening);
  });
}

async function tryOpening(path: string, flags: string, opening: Open): Promise<void> {
  try {
    await using file = await opening(path, flags);
    // A folder in its place can be opened, and not read.
    await file.read(Buffer.alloc(1), 0, 1, 0);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

async function attempt(folder: string, name: string, use: () => Promise<void>): Promise<void> {
  try {
    await use();
  } catch (error) {
    const reason = codeOf(error) ?? 'unknown';
    const where = name ? `${reason}, ${name}` : reason;
    const sentence = sentenceFor(folder, where, reason);
    throw new FatalError(EXIT.configuration, sentence, { cause: error });
  }
}

function sentenceFor(folder: string, where: string, reason: string): string {
  const cannot = `The data folder ${folder} cannot be used`;
  if (reason === 'EROFS') return `${cannot} (${where}): its file system is read-only.`;
  if (reason === 'EISDIR') return `${cannot} (${where}): a folder is in the place of that file.`;
  if (reason !== 'EACCES' && reason !== 'EPERM') return `${cannot} (${where}).`;
  const { user, todo } = givingTo(folder);
  return `${cannot} by ${user} (${where}): ${existsSync(folder) ? '' : 'make it, and '}${todo}.`;
}
