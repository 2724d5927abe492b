import { parseArgs } from 'node:util';
import { codeOf, EXIT, Fatal } from '../failures.js';
import { inspect, type Inspection, repair } from './inspect.js';

const USAGE = `npm run journal -- <command> [--dir data] [--lines 10]

  verify   say whether the journal is whole; exit code ${EXIT.damaged} when it is damaged
  stats    say what is in it
  tail     print its newest records, one JSON line each
  repair   cut a damaged journal at its last whole record and keep the rest in a file beside it
`;

type Print = (line: string) => void;

const COMMANDS: Readonly<Record<string, (folder: string, lines: number, print: Print) => Promise<number>>> = {
  async verify(folder, _lines, print) {
    const inspection = await inspect(folder);
    print(verdict(inspection));
    return inspection.rest && !inspection.rest.torn ? EXIT.damaged : 0;
  },

  async stats(folder, _lines, print) {
    const { journal, n, bytes, types, members, first, newest, ...rest } = await inspect(folder);
    print(`journal  ${journal}`);
    print(`records  ${n} in ${bytes} bytes`);
    for (const [type, count] of [...types].sort()) print(`         ${count} ${type}`);
    print(`members  ${members.size}`);
    print(`from     ${first?.at ?? '-'}`);
    print(`to       ${newest.at(-1)?.at ?? '-'}`);
    print(verdict({ journal, n, bytes, types, members, first, newest, ...rest }));
    return 0;
  },

  async tail(folder, lines, print) {
    for (const record of (await inspect(folder, lines)).newest) print(JSON.stringify(record));
    return 0;
  },

  async repair(folder, _lines, print) {
    const aside = await repair(folder);
    print(
      aside ? `Cut at the last whole record. The rest is in ${aside}.` : 'Nothing to repair: the journal is whole.',
    );
    return 0;
  },
};

function verdict({ n, size, bytes, rest }: Inspection): string {
  if (!rest) return `whole: ${n} records, ${bytes} bytes`;
  const where = `${n} records up to byte ${size}, then ${bytes - size} bytes: ${rest.reason}`;
  return rest.torn
    ? `torn: ${where}. Nobody was promised them; the next start puts them aside.`
    : `DAMAGED: ${where}. Restore a backup, or cut here with "repair".`;
}

/** Runs one command for the owner; returns the exit code. */
export async function run(words: readonly string[], print: Print): Promise<number> {
  const options = { dir: { type: 'string', default: 'data' }, lines: { type: 'string', default: '10' } } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true });
    const [name = '', ...more] = positionals;
    const command = Object.hasOwn(COMMANDS, name) && more.length === 0 ? COMMANDS[name] : undefined;
    const lines = Number(values.lines);
    if (!command || !(Number.isInteger(lines) && lines > 0)) return refuse(USAGE, print);
    return await command(values.dir, lines, print);
  } catch (error) {
    if (error instanceof Fatal) return refuse(error.message, print, error.exitCode);
    if (codeOf(error) === 'ENOENT') return refuse('There is no journal in that folder.', print);
    return refuse(error instanceof Error ? error.message : 'unknown error', print);
  }
}

function refuse(message: string, print: Print, code: number = EXIT.configuration): number {
  print(message);
  return code;
}
