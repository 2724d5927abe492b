import type { Clock } from '../monotonic-clock.js';

/** What the file store is made with. */
export interface FileStoreOptions {
  /** The data folder; made when missing. */
  readonly folder: string;
  readonly clock: Clock;
  /** Names of the files that followers of a journal leave in its folder: with one of them and no journal it is not empty. */
  readonly views?: readonly string[];
  /** See `Disk`. */
  readonly syncInlineLimitMs?: number;
}
