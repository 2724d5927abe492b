import { execFile } from 'node:child_process';
import { platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { codeOf } from '../../src/errors/exit-codes.js';

const SOURCE = fileURLToPath(new URL('faults.c', import.meta.url));
const run = promisify(execFile);

/** Builds `faults.c` into a folder. Undefined, and said aloud, where no compiler or no preloading is to be had. */
export async function buildShim(folder: string): Promise<string | undefined> {
  const library = join(folder, 'faults.so');
  for (const compiler of platform() === 'linux' ? ['cc', 'gcc', 'clang'] : []) {
    try {
      await run(compiler, ['-shared', '-fPIC', '-O1', '-Wall', '-Wextra', '-Werror', '-o', library, SOURCE, '-ldl']);
      return library;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
  sayNotProven('no C compiler, or not Linux: faults inside a process of its own are not forced');
  return undefined;
}

/** For what a machine cannot do: the test passes, and nobody can think that it proved something. */
export function sayNotProven(reason: string): void {
  process.stderr.write(`\n*** NOT PROVEN HERE: ${reason}. ***\n\n`);
}
