import { access, constants, open, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Config } from '../config.js';
import { codeOf, EXIT, FatalError } from '../errors/exit-codes.js';
import { SECRETS } from './secret-files.js';

/** What the server would use, by the name of the setting; of secrets only whether they are set. */
export function shownSettings(config: Config): Readonly<Record<string, string>> {
  const secret: ReadonlySet<string> = new Set(SECRETS);
  const shown = (name: string, value: Config[keyof Config]) =>
    secret.has(name) ? (value ? '(set, not shown)' : '') : [value ?? ''].flat().join(', ');
  return Object.fromEntries(
    Object.entries(config).map(([name, value]: [string, Config[keyof Config]]) => [name, shown(name, value)]),
  );
}

/**
 * Whether the data folder can be written to, or made. Leaves it as it is: a server may be running in it.
 * Throws `FatalError` (78).
 */
export async function checkFolder(folder: string): Promise<void> {
  try {
    if (await isFolder(folder)) await tryWriting(folder);
    else await access(await nearestFolder(dirname(folder)), constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = codeOf(error) ?? 'unknown';
    throw new FatalError(EXIT.configuration, `The data folder ${folder} cannot be used (${reason}).`, { cause: error });
  }
}

async function tryWriting(folder: string): Promise<void> {
  const path = join(folder, `.check-${process.pid}`);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile('Lonja checks whether it can write here. This file can be removed.\n');
    await file.sync();
  } finally {
    await file.close();
    await unlink(path);
  }
}

async function nearestFolder(path: string): Promise<string> {
  return (await isFolder(path)) ? path : nearestFolder(dirname(path));
}

/** Throws where something else is in its place. */
async function isFolder(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
  throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
}
