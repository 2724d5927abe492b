import type { FatalError } from '../errors/exit-codes.js';
import type { FollowerPlace } from './measured.js';
import type { MonotonicClock } from './monotonic-clock.js';
import type { RecordStore } from './record-store.js';

/** What a journal works with. */
export interface JournalOptions {
  readonly store: RecordStore;
  /** Whose instants the records have; the store may write marks by the same. */
  readonly clock: MonotonicClock;
  /** Ends the process; called once, when nothing that is not durable may be promised any more. */
  readonly halt: (failure: FatalError) => void;
}

/** How a journal is, for whoever looks after the server. */
export interface JournalCondition {
  /** What it takes of the disk. */
  readonly bytes: number;
  /** Whether the last write found no space. */
  readonly full: boolean;
  readonly followers: readonly FollowerPlace[];
}
