import { resolve, sep } from 'node:path';
import { codeOf, EXIT, FatalError, isOutOfSpace } from '../errors/exit-codes.js';
import { NoSpace } from '../journal/record-store.js';

/** The folder that is written to, and two sentences for what the file system may refuse, without the point at their ends. */
interface Sentences {
  readonly folder: string;
  readonly noSpace: string;
  readonly unusable: string;
}

/**
 * What the work makes, or why it failed as the owner should hear it: 70 without room and where the disk fails, 78 for a folder that
 * cannot be used. What has a sentence keeps it, and so does a defect.
 */
export async function explained<Result>(sentences: Sentences, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const isFull = error instanceof NoSpace || isOutOfSpace(error);
    if (isFull) throw new FatalError(EXIT.io, `${sentences.noSpace}.`, { cause: error });
    const code = codeOf(error);
    if (error instanceof FatalError || code === undefined) throw error;
    const sentence = code === 'EACCES' ? forbidden(sentences, pathOf(error)) : `${sentences.unusable} (${code}).`;
    throw new FatalError(code === 'EIO' ? EXIT.io : EXIT.configuration, sentence, { cause: error });
  }
}

/** Names the user who must own the folder, and the command for it; where the system refused another path, that path. */
function forbidden({ folder, unusable }: Sentences, path: string): string {
  const user = process.geteuid?.();
  const isOfFolder = `${resolve(path)}${sep}`.startsWith(`${resolve(folder)}${sep}`);
  if (user === undefined || !isOfFolder) return `${unusable} (EACCES: ${path}).`;
  const owner = `Change its owner: sudo chown -R ${user} ${folder}`;
  return `The folder ${folder} cannot be written to by user ${user} (EACCES). ${owner}; with Docker, on the host, the folder that is mounted there.`;
}

function pathOf(error: unknown): string {
  // Not `instanceof Error`: see `codeOf`.
  return typeof error === 'object' && error !== null && 'path' in error ? String(error.path) : '';
}
