export const ADMIN_BACKUP_PATH = '/api/admin/backup';

/** What a backup is doing, in this order. */
export const BACKUP_STEPS = ['journal', 'pictures', 'verifying'] as const;
export type BackupProgress = (typeof BACKUP_STEPS)[number];

/** Why a backup was not made, or not whole. Stable: programs decide by them. */
export type BackupProblem =
  /** The folder of backups has no room for it. */
  | 'no-space'
  /** That folder cannot be made, read or written. */
  | 'unusable'
  /** It is inside the data folder by now. */
  | 'in-data-folder'
  /** Another program makes one there. */
  | 'busy'
  /** The journal, or what was read back, is damaged. */
  | 'damaged'
  /** It was made, without pictures that are damaged. */
  | 'pictures-damaged'
  /** Something else; the log says what. */
  | 'failed';

/** A backup that is there. */
export interface LastBackup {
  /** ISO instant at which it was begun. */
  readonly at: string;
  /** Of its folder. */
  readonly name: string;
  /** Of all its files, those included that it shares with an earlier one. */
  readonly bytes: number;
  /** The number of its last record. */
  readonly n: number;
}

/** The backups in the folder that the owner has set, whoever made them: this server, or `npm run backup`. */
export interface BackupStatus {
  /** Whether `BACKUP_DIR` is set. */
  readonly configured: boolean;
  /** The one that this server makes now. */
  readonly running?: { readonly at: string; readonly progress: BackupProgress };
  /** The newest one; absent where there is none, or the folder cannot be read. */
  readonly last?: LastBackup;
  /** How many there are. */
  readonly count?: number;
  /** What went wrong with the last one that this process tried to make, or that the folder cannot be read; no paths. */
  readonly failed?: { readonly at: string; readonly reason: BackupProblem; readonly message: string };
}
