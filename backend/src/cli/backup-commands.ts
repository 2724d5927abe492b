import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Backup, backUp } from '../backup/back-up.js';
import { instantOf } from '../backup/instant.js';
import { ageOf, recentBackup } from '../backup/recent-backup.js';
import { restore } from '../backup/restore.js';
import type { Cut } from '../backup/restored-journal.js';
import { codeOf, EXIT, FatalError } from '../errors/exit-codes.js';
import type { Surroundings } from './command.js';

const BACKUP_USAGE = `npm run backup -- --to <folder> [--keep <number>] [--unless-newer <age>] [--data <data folder>]

  Makes one backup, while a server runs or not, as a folder of its own in <folder>, and reads it back.
  --keep          how many stay, this one included: older ones are removed afterwards
  --unless-newer  makes none while the newest one is younger: 90m, 20h, 2d`;

const RESTORE_USAGE = `npm run restore -- --from <backup> [--data <data folder>] [--to-number <n> | --at <instant>] [--set-aside]

  Makes a data folder of a backup, where there is none, or an empty one.
  --set-aside  while no server runs: moves what is in the data folder into a new folder in it first, before-restore-<instant>
  --to-number  up to that record
  --at         up to that instant, in UTC or with its offset: 2026-11-22T15:30:00Z, 2026-11-22T16:30+01:00`;

const SET_ASIDE = '--set-aside';

/** What the words after the name of a command say; undefined when they do not fit. */
type Said = Readonly<
  Partial<Record<'to' | 'keep' | 'unless-newer' | 'data' | 'dir' | 'from' | 'to-number' | 'at', string>>
>;

type BackupCommand = (words: readonly string[], surroundings: Surroundings) => Promise<number>;

const COMMANDS: Readonly<Record<string, BackupCommand>> = {
  async backup(words, { folder, print, warn, now = Date.now }) {
    const said = parsed(words, ['to', 'keep', 'unless-newer', 'data', 'dir']);
    const { to, keep, 'unless-newer': newer, data = said?.dir ?? folder } = said ?? {};
    const age = newer === undefined ? 0 : ageOf(newer);
    if (!to || !isCount(keep) || age === undefined) return misunderstood(BACKUP_USAGE, warn);
    const recent = age > 0 ? await recentBackup(to, age, now()) : undefined;
    if (recent !== undefined) {
      print(`none      ${recent} is not older than ${newer}`);
      return 0;
    }
    const made = await backUp({ from: data, to, keep: keep === undefined ? keep : Number(keep), now: now() });
    report(made, print);
    for (const name of made.damaged) warn(`DAMAGED and not in the backup: ${join(data, 'pictures', name)}`);
    if (made.damaged.length === 0) return 0;
    warn('No older backup was removed: it may have these pictures.');
    return EXIT.damaged;
  },

  async restore(words, { folder, print, warn, now = Date.now }) {
    const setAside = words.includes(SET_ASIDE);
    const rest = words.filter((word) => word !== SET_ASIDE);
    const said = parsed(rest, ['from', 'data', 'dir', 'to-number', 'at']);
    const { from, data = said?.dir ?? folder } = said ?? {};
    if (!said || !from || !isCount(said['to-number']) || (said['to-number'] && said.at)) {
      return misunderstood(RESTORE_USAGE, warn);
    }
    const order = { from, to: data, setAside, upTo: cutIn(said), now: now() };
    const { n, newest, left, pictures, aside } = await restore(order);
    if (aside !== undefined) print(`set aside ${aside}: what was there before. Delete it when nothing of it is missed`);
    print(`restored  ${data}: ${n} records${newest && `, up to ${newest}`}, ${pictures} pictures`);
    if (left > 0) print(`left out  ${left} later records of the backup, and what members follow and have read`);
    print('Pages that are open begin anew, and everybody identifies again. Start the server when you are ready.');
    return 0;
  },
};

/** Copies of the data folder, made and taken back. Each returns the exit code. */
export const BACKUP_COMMANDS: Readonly<Record<string, BackupCommand>> = Object.fromEntries(
  Object.entries(COMMANDS).map(([name, command]) => [name, answering(command)]),
);

function answering(command: BackupCommand): BackupCommand {
  return async (words, surroundings) => {
    try {
      return await command(words, surroundings);
    } catch (error) {
      if (!(error instanceof FatalError)) throw error;
      surroundings.warn(error.message);
      return error.exitCode;
    }
  };
}

function report({ path, manifest, pictures, bytes, removed }: Backup, print: Surroundings['print']): void {
  const { n, newest } = manifest;
  print(`backup    ${path}`);
  print(`verified  ${n} records${newest && `, up to ${newest}`}, ${pictures} pictures; ${bytes} bytes were copied`);
  for (const name of removed) print(`removed   ${name}`);
}

/** Throws `FatalError` (78) for what is no instant. */
function cutIn({ 'to-number': n, at }: Said): Cut | undefined {
  if (n !== undefined) return { n: Number(n) };
  if (at === undefined) return undefined;
  const instant = instantOf(at);
  if (instant !== undefined) return { at: instant };
  const examples = '2026-11-22T15:30:00Z, or 2026-11-22T16:30+01:00';
  throw new FatalError(
    EXIT.configuration,
    `${at} is not an instant. Write the day, the time, and Z for UTC or the offset: ${examples}.`,
  );
}

function isCount(text: string | undefined): boolean {
  return text === undefined || (/^[1-9]\d*$/.test(text) && Number.isSafeInteger(Number(text)));
}

function misunderstood(usage: string, warn: Surroundings['warn']): number {
  warn(usage);
  return EXIT.configuration;
}

function parsed(words: readonly string[], names: readonly (keyof Said)[]): Said | undefined {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    return parseArgs({ args: [...words], options }).values;
  } catch (error) {
    // Words that do not fit; Node's sentence about them speaks to programmers.
    if (codeOf(error)?.startsWith('ERR_PARSE_ARGS')) return undefined;
    throw error;
  }
}
