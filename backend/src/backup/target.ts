import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { codeOf, EXIT, FatalError } from '../errors/exit-codes.js';

/** Throws `FatalError` (78) for a place inside a data folder, however it is written: a backup there is lost with what it is of. */
export async function refuseInside(place: string, data: string): Promise<void> {
  const [inner, outer] = await Promise.all([realPlace(place), realPlace(data)]);
  const way = relative(outer, inner);
  // Not by the first letters: a folder may be called `..older`.
  if (way.split(sep)[0] === '..') return;
  throw new FatalError(
    EXIT.configuration,
    `${place} is inside the data folder ${data}: a backup belongs elsewhere, best on another disk.`,
  );
}

/**
 * The same for the setting, at a start: `BACKUP_DIR`; empty is not set. What cannot be looked at, such as a disk that is not there, must
 * not keep the server from starting: the backup will say so.
 */
export async function refuseSettingInside(place: string, data: string): Promise<void> {
  if (place === '') return;
  try {
    await refuseInside(place, data);
  } catch (error) {
    if (!(error instanceof FatalError)) return;
    throw new FatalError(error.exitCode, `Wrong settings: BACKUP_DIR: ${error.message}`);
  }
}

/** Where a path leads; of what is not there yet, where it will be. */
export async function realPlace(path: string): Promise<string> {
  const whole = resolve(path);
  try {
    return await realpath(whole);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(whole) === whole) throw error;
    return join(await realPlace(dirname(whole)), basename(whole));
  }
}
