import { constants } from 'node:os';

/** The exit codes of the process, after `sysexits.h`. Supervisors and owners decide by them. */
export const EXIT = { usage: 64, damaged: 65, io: 70, locked: 75, configuration: 78 } as const;

/** The server cannot start or go on. The message is one sentence for the owner; the process ends with the code. */
export class FatalError extends Error {
  override readonly name = 'FatalError';

  constructor(
    readonly exitCode: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const OUT_OF_SPACE: ReadonlySet<string | undefined> = new Set(['ENOSPC', 'EFBIG', 'EDQUOT']);

/** Whether something could not be written because there is no room: it may succeed later. */
export function isOutOfSpace(error: unknown): boolean {
  return OUT_OF_SPACE.has(codeOf(error));
}

/** The `code` of a system error, such as `ENOSPC`. */
export function codeOf(error: unknown): string | undefined {
  // Not `instanceof Error`: an error of the runtime is none of the `Error` of a test's own realm.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  // Node says `Unknown system error -122`, because libuv has no name for a used-up quota.
  if ('errno' in error && error.errno === -constants.errno.EDQUOT) return 'EDQUOT';
  return typeof error.code === 'string' ? error.code : undefined;
}
