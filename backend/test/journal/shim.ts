import { execFile } from 'node:child_process';
import { platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { codeOf } from '../../src/errors/exit-codes.js';

const SOURCE = fileURLToPath(new URL('faults.c', import.meta.url));
const run = promisify(execFile);

/** Builds `faults.c` into a folder. Returns undefined, with a warning, without a C compiler or preloading. */
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
  warnNotTested('no C compiler, or not Linux: faults inside a process of its own are not forced');
  return undefined;
}

/** For a fault that this machine cannot force: the test passes, and the warning says that it proved nothing. */
export function warnNotTested(reason: string): void {
  process.stderr.write(`\n*** NOT PROVEN HERE: ${reason}. ***\n\n`);
}
