import { codeOf } from '../errors/exit-codes.js';

const OUT_OF_SPACE: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EFBIG', 'EDQUOT']);

/** The file system had no room: nothing of the batch is stored, and a later one may be. */
export class NoSpace extends Error {
  override readonly name = 'NoSpace';
  readonly code = 'ENOSPC';
}

/** Whether a system call failed for want of room: on the disk, in the file, or in the owner's quota. */
export function isOutOfSpace(error: unknown): boolean {
  return OUT_OF_SPACE.has(codeOf(error));
}
