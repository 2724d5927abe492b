import type { Config } from '../config.js';
import { SECRETS } from './secret-files.js';
import { zoneInUse } from './time-zone.js';

/** What the server would use, by the name of the setting; of secrets only whether they are set; of the time zone which it is. */
export function shownSettings(config: Config): Readonly<Record<string, string>> {
  const secret: ReadonlySet<string> = new Set(SECRETS);
  const shown = (name: string, value: Config[keyof Config]) =>
    secret.has(name) ? (value ? '(set, not shown)' : '') : [value ?? ''].flat().join(', ');
  const shownAll = Object.fromEntries(
    Object.entries(config).map(([name, value]: [string, Config[keyof Config]]) => [name, shown(name, value)]),
  );
  const zone = zoneInUse();
  return { ...shownAll, TZ: config.TZ === zone ? zone : `${config.TZ} (used: ${zone})`.trim() };
}
