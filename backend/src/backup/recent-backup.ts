import { join } from 'node:path';
import { backupsIn, restorableManifestIn } from './contents.js';
import { explained } from './explained.js';

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** An age as owners write it (`90m`, `20h`, `2d`), in ms; undefined for what is none. */
export function ageOf(text: string): number | undefined {
  const [, count = '', unit = ''] = /^([1-9]\d{0,5})([mhd])$/.exec(text) ?? [];
  const ms = UNITS_MS[unit];
  return ms === undefined ? undefined : Number(count) * ms;
}

/**
 * The path of a whole backup that is younger than asked; undefined where there is none. One from the future does not count: the clock was
 * wrong when it was made, and would keep others from being made until then. Throws `FatalError` (78) for a folder that cannot be read.
 * @param age ms
 * @param now ms
 */
export async function recentBackup(folder: string, age: number, now: number): Promise<string | undefined> {
  const sentences = {
    folder,
    noSpace: `There is no space in ${folder}`,
    unusable: `The folder ${folder} cannot be used for backups`,
  };
  return explained(sentences, async () => {
    for (const name of (await backupsIn(folder)).toReversed()) {
      const path = join(folder, name);
      const manifest = await restorableManifestIn(path);
      const since = manifest ? now - Date.parse(manifest.at) : NaN;
      if (since >= 0 && since < age) return path;
    }
    return undefined;
  });
}
