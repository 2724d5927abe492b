/** The thread of one backup: reading a journal twice takes seconds of a processor, and must not block the server. */
import { parentPort, workerData } from 'node:worker_threads';
import { codeOf, FatalError, isOutOfSpace } from '../errors/exit-codes.js';
import { backUp, type BackupOrder } from './back-up.js';
import type { BackupMessage } from './backup-thread.js';

const tell = (message: BackupMessage): void => parentPort?.postMessage(message);

try {
  tell({ made: await backUp(workerData as BackupOrder, (step) => tell({ step })) });
} catch (error) {
  const known = error instanceof FatalError;
  const cause = known ? (error.cause ?? error) : error;
  // Errors lose their own properties on the way to another thread.
  tell({
    failure: {
      message: known ? error.message : String(error),
      ...(known && { exitCode: error.exitCode }),
      code: isOutOfSpace(cause) ? 'ENOSPC' : codeOf(cause),
    },
  });
}
