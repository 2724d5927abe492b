import type { JournalRecord } from '../contract/index.js';
import type { Checkpointed, StoredRecord } from './record-store.js';

/** State in memory that follows from the records, and is complete before anybody is answered. */
export interface View {
  /** At start: every stored record, in order. Reading one whole takes most of the time of a start. */
  replay(stored: StoredRecord): void;
  /** At start, after the last record: what needs whole records can read them now. */
  replayed?(): Promise<void>;
  /** A record is durable: each of a batch, in order, before it is acknowledged. */
  apply(record: JournalRecord): void;
  /** A record is decided but not durable: only later decisions of the same batch may see it. */
  stage?(record: JournalRecord): void;
  /** The batch has ended, stored or refused: what was staged is forgotten. */
  unstage?(): void;
  /** What a checkpoint keeps of it, for a faster start; without it every start replays everything. */
  readonly checkpoint?: Checkpointed;
}
