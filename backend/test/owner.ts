import { run } from '../src/cli/cli.js';
import type { Surroundings } from '../src/cli/command.js';

/** What the owner reads after some words on the command line, and the exit code. */
export async function ownerAt(
  { folder, now }: Pick<Surroundings, 'folder'> & { readonly now: () => number },
  ...words: readonly string[]
) {
  const said: string[] = [];
  const print = (line: string) => void said.push(line);
  const code = await run(words, { folder, print, warn: print, now });
  return { code, said };
}

/** The same, at a time when whatever the test has made is old. */
export const owner = (folder: string, ...words: readonly string[]) =>
  ownerAt({ folder, now: () => Date.UTC(2030, 0, 1) }, ...words);
