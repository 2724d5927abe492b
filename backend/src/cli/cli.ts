import { parseArgs } from 'node:util';
import { codeOf, EXIT, FatalError } from '../errors/exit-codes.js';
import { explained } from '../backup/explained.js';
import { BACKUP_COMMANDS } from './backup-commands.js';
import type { Command, Options, Surroundings } from './command.js';
import { inspect, type Inspection, repair } from './inspect.js';
import { isLoss } from '../journal/file/scan.js';
import { hasJournal } from '../journal/file/traces.js';
import { WAL_FILE } from '../journal/file/wal-upgrade.js';
import { importFolder } from './import-folder.js';
import { MEMBER_COMMANDS } from './member-commands.js';
import { inspectPictures, removeOrphans } from './pictures.js';
import { normaliseEmail } from '../validation/email.js';

const USAGE = `npm run journal -- <command> [--dir <data folder>] [--lines 10] [--remove] [--to <file>] [--yes]

  verify   say whether the journal is whole; exit code ${EXIT.damaged} when it is damaged
  stats    say what is in it
  tail     print its newest records, one JSON line each
  repair   cut a damaged journal after its last whole record and keep the rest in a file beside it
  import   make a journal of what chat.txt and products.json of a folder without one hold
  pictures list the pictures that no product shows; with --remove, delete those that none has shown for a day
  export-member <e-mail>  everything of and about a member as JSON; with --to, into a file
  erase-member <e-mail>   say what names a member; with --yes, while no server runs, erase it`;

const COMMANDS: Readonly<Record<string, Command>> = {
  ...MEMBER_COMMANDS,

  async verify({ folder, print }) {
    const inspection = await inspect(folder);
    print(verdict(inspection));
    return exitCode(inspection);
  },

  async stats({ folder, print }) {
    const inspection = await inspect(folder);
    const { journal, n, size, types, members, first, newest } = inspection;
    print(`journal  ${journal || '-'}`);
    print(`records  ${n} in ${size} bytes`);
    for (const [type, count] of [...types].sort()) print(`         ${count} ${type}`);
    print(`members  ${members.size}`);
    print(`from     ${first?.at ?? '-'}`);
    print(`to       ${newest.at(-1)?.at ?? '-'}`);
    print(verdict(inspection));
    return exitCode(inspection);
  },

  async tail({ folder, print, warn }, { lines }) {
    const inspection = await inspect(folder, lines);
    for (const record of inspection.newest) print(JSON.stringify(record));
    // Beside the records, which another program may read: the newest whole ones are not the newest there were.
    if (inspection.rest) warn(verdict(inspection));
    return exitCode(inspection);
  },

  async repair({ folder, print }) {
    const { found, aside } = await repair(folder);
    print(
      aside && found.rest
        ? `Cut at byte ${found.size}, after ${counted(found.n)}. The rest is in ${aside}, with ${counted(found.rest.whole)} that are whole.`
        : 'Nothing to repair: the journal is whole.',
    );
    return 0;
  },

  async pictures({ folder, print, now = Date.now }, { remove }) {
    const { count, bytes, orphans } = await inspectPictures(folder);
    print(`pictures     ${count} in ${bytes} bytes`);
    print(`not shown    ${orphans.length}`);
    for (const { name, bytes, since } of orphans)
      print(`${name}  ${bytes} bytes  since ${new Date(since).toISOString()}`);
    if (remove) print(`removed      ${(await removeOrphans(folder, now())).length}, not shown for a day`);
    return 0;
  },

  async import({ folder, print, warn }) {
    const sentences = {
      folder,
      noSpace: `There is no space in ${folder}. Nothing was imported`,
      unusable: `${folder} cannot be imported`,
    };
    const { messages, changes, products, unread } = await explained(sentences, () => importFolder(folder));
    for (const sentence of unread) warn(sentence);
    const later = counted(changes, 'later change of messages', 'later changes of messages');
    print(`Imported ${counted(messages, 'message')}, ${later} and ${counted(products, 'product')}.`);
    if (unread.length > 0)
      print(`${unread.length} could not be read; the files are kept as they are, aside, at the next start.`);
    return 0;
  },
};

function verdict(inspection: Inspection): string {
  const wal = inspection.wal ? `. ${WAL_FILE} of an earlier version is beside it: the next start takes it in` : '';
  return `${stateOfJournal(inspection)}${wal}`;
}

function stateOfJournal({ n, size, bytes, rest }: Inspection): string {
  if (!rest) return `whole: ${counted(n)}, ${bytes} bytes`;
  const where = `at byte ${size}, after ${counted(n)}: ${rest.reason}`;
  if (isLoss(rest, n)) {
    return `torn ${where}. The last ${bytes - size} bytes are a write that was cut off, which nobody was promised; the next start puts them aside.`;
  }
  const after = `After it are ${bytes - size} bytes, with ${counted(rest.whole)} that are whole.`;
  const advice =
    size > 0 ? 'Restore a backup; or discard all of these with "repair", which keeps them aside.' : 'Restore a backup.';
  return `DAMAGED ${where}. ${after} ${advice}`;
}

function exitCode({ n, rest }: Inspection): number {
  return rest && !isLoss(rest, n) ? EXIT.damaged : 0;
}

function counted(number: number, one = 'record', more = `${one}s`): string {
  return `${number} ${number === 1 ? one : more}`;
}

/** Runs one command for the owner; returns the exit code. */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<number> {
  const { folder, warn } = surroundings;
  const refuse = (message: string, code: number = EXIT.configuration) => {
    warn(message);
    return code;
  };
  const [name = '', ...rest] = words;
  const backup = Object.hasOwn(BACKUP_COMMANDS, name) ? BACKUP_COMMANDS[name] : undefined;
  if (backup) return backup(rest, surroundings);
  const asked = parse(words, folder);
  if (!asked) return refuse(USAGE);
  const noJournal = `There is no journal in ${asked.dir}.`;
  try {
    if (asked.command !== COMMANDS['import'] && !hasJournal(asked.dir)) return refuse(noJournal);
    return await asked.command({ ...surroundings, folder: asked.dir }, asked);
  } catch (error) {
    if (error instanceof FatalError) return refuse(error.message, error.exitCode);
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return refuse(noJournal);
    return refuse(error instanceof Error ? error.message : 'unknown error');
  }
}

function parse(words: readonly string[], folder: string): (Options & { command: Command; dir: string }) | undefined {
  const options = {
    dir: { type: 'string', default: folder },
    lines: { type: 'string', default: '10' },
    remove: { type: 'boolean', default: false },
    to: { type: 'string' },
    yes: { type: 'boolean', default: false },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
    const [name = '', member, ...more] = positionals;
    const command = Object.hasOwn(COMMANDS, name) && more.length === 0 ? COMMANDS[name] : undefined;
    const lines = Number(values.lines);
    if (!command || !Number.isInteger(lines) || lines <= 0) return undefined;
    if (Object.hasOwn(MEMBER_COMMANDS, name) ? !member?.includes('@') : member !== undefined) return undefined;
    // A word that would do nothing is a misunderstanding.
    if (values.remove && name !== 'pictures') return undefined;
    if ((values.to !== undefined && name !== 'export-member') || (values.yes && name !== 'erase-member'))
      return undefined;
    return { ...values, command, lines, member: normaliseEmail(member ?? '') };
  } catch (error) {
    // Words that do not fit; Node's sentence about them speaks to programmers.
    if (codeOf(error)?.startsWith('ERR_PARSE_ARGS')) return undefined;
    throw error;
  }
}
