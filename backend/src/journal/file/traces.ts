import { CHECKPOINT_FILE } from './checkpoint.js';
import { JOURNAL_FILE } from './log-file.js';
import { WAL_FILE } from './wal-upgrade.js';

/** What a journal is called that is being restored. */
export const RESTORING_FILE = `${JOURNAL_FILE}.restoring`;

/** What shows that a folder had a journal, or is to have one: without it, that is not a place to begin anew in. */
export const TRACES: readonly string[] = [CHECKPOINT_FILE, WAL_FILE, RESTORING_FILE];
