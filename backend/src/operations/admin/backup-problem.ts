import type { BackupFailed } from '../../backup/backup-thread.js';
import type { BackupProblem } from '../../contract/index.js';
import { EXIT } from '../../errors/exit-codes.js';

/** One sentence for each, without the paths that the sentences for the owner have: whoever sees the page need not know them. */
export const BACKUP_SENTENCES: Readonly<Record<BackupProblem, string>> = {
  'no-space': 'There is no space in the folder of backups. No backup was made, and none was removed.',
  unusable: 'The folder of backups (BACKUP_DIR) cannot be read or written.',
  'in-data-folder': 'The folder of backups (BACKUP_DIR) is inside the data folder.',
  busy: 'Another backup is being made there. Try again when it is done.',
  damaged: 'The journal, or what was read back of the backup, is damaged.',
  'pictures-damaged': 'The backup was made without pictures that are damaged.',
  failed: 'No backup was made. The log says why.',
};

/** Which of them it is. */
export function problemOf({ code, exitCode }: BackupFailed): BackupProblem {
  if (code === 'ENOSPC') return 'no-space';
  if (exitCode === EXIT.damaged) return 'damaged';
  if (exitCode === EXIT.locked) return 'busy';
  // Not at the start, but what is linked may lead elsewhere by now. That is the only such refusal without a word of the system.
  if (exitCode === EXIT.configuration && code === undefined) return 'in-data-folder';
  const isOfSystem = exitCode === undefined && code !== undefined && /^E[A-Z]+$/.test(code);
  return exitCode === EXIT.configuration || isOfSystem ? 'unusable' : 'failed';
}
