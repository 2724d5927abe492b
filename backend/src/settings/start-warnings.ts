import { existsSync } from 'node:fs';
import type { Config } from '../config.js';
import { codeOf } from '../errors/exit-codes.js';
import { givingTo, tryFolder } from './writable-folder.js';

type Settings = Pick<Config, 'ADMINS' | 'AUTH' | 'BACKUP_DIR'>;

/** What lets the server start and is hardly meant: a sentence for each. */
export async function startWarnings({ ADMINS, AUTH, BACKUP_DIR }: Settings): Promise<readonly string[]> {
  const sentences: string[] = [];
  if (AUTH !== 'open' && ADMINS.length === 0)
    sentences.push('ADMINS is not set: nobody can invite or remove members, nor see how the server is at /admin.');
  const problem = BACKUP_DIR && (await problemOf(BACKUP_DIR));
  if (problem) sentences.push(problem);
  return sentences;
}

/** Of the folder for backups: its disk may come back, so that it must not keep the server from starting. */
async function problemOf(folder: string): Promise<string | undefined> {
  try {
    await tryFolder(folder);
    return undefined;
  } catch (error) {
    const reason = codeOf(error) ?? 'unknown';
    const { user, todo } = givingTo(folder);
    const isOthers = reason === 'EACCES' || reason === 'EPERM';
    const help = isOthers
      ? `${existsSync(folder) ? '' : 'make it, and '}${todo}`
      : 'see whether its disk is there, and can be written to';
    return `BACKUP_DIR: ${folder} cannot be written to by ${user} (${reason}), so that /admin can make no backup: ${help}.`;
  }
}
