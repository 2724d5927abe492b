import { Logger } from '@nestjs/common';
import type { JournalRecord } from '../contract/index.js';
import { codeOf, FatalError } from '../errors/exit-codes.js';
import type { FollowerPlace } from './measured.js';
import type { RecordReader } from './record-store.js';

/** Records that one step of catching up reads. */
const STEP_RECORDS = 1_000;
/** Live records that wait in memory for a follower that lags; further ones it reads from the store. */
const MAX_WAITING_RECORDS = 10_000;

/** A view with its own durable cursor, such as a file: it follows the records at least once and in order, and may lag. */
export interface Follower {
  /** For the log: `chat.txt`. */
  readonly name: string;
  /** Whether no start waits for it: nothing that it leaves is looked at before people ask. */
  readonly inBackground?: boolean;
  /** Whether it has lost its state, though no step failed: then it is opened again, within a second. */
  readonly isLost?: boolean;
  /** Recovers its own state, if that is proven to be of these records. Returns the number of the last record that it has. */
  open(records: RecordReader): Promise<number>;
  /** Continues with records that follow each other; the first may be one that it has already. */
  take(records: readonly JournalRecord[]): Promise<void>;
  /** The journal ends: whatever delays `take` must let it finish at once. */
  hurry?(): void;
  /** It has taken everything. */
  close?(): Promise<void>;
}

/** Leads one follower: from the store until it has caught up, then live. What fails is tried again from its own cursor. */
export class FollowerRun {
  private readonly logger = new Logger('Journal');
  /** The number of the last record that it has taken; undefined while it is not open. */
  private cursor: number | undefined;
  /** The same, and kept when it fails. */
  private known = 0;
  /** Live records that it has not taken, without gaps. */
  private waiting: JournalRecord[] = [];
  /** The number of the newest record that every view has: the store itself is ahead for a moment after each write. */
  private newest = 0;
  private working = Promise.resolve();
  private busy = false;
  private failing = false;

  constructor(
    private readonly follower: Follower,
    private readonly records: RecordReader,
  ) {}

  get place(): FollowerPlace {
    const state = this.failing ? 'failing' : this.cursor === undefined ? 'opening' : 'following';
    return { name: this.follower.name, n: this.cursor ?? this.known, state };
  }

  get inBackground(): boolean {
    return this.follower.inBackground ?? false;
  }

  /**
   * Opens it when the views have replayed everything, and leads it to the last record. Whether or not that was possible,
   * `follow` continues. Throws `FatalError`.
   */
  open(): Promise<void> {
    this.newest = this.records.last;
    return this.follow();
  }

  /** Leads it to the last record. `live` are the newest ones, where they are at hand. Throws `FatalError`. */
  follow(live: readonly JournalRecord[] = []): Promise<void> {
    for (const record of live) this.waiting.push(record);
    this.newest = live.at(-1)?.n ?? this.newest;
    if (this.waiting.length > MAX_WAITING_RECORDS) this.waiting = [];
    if (!this.busy) {
      this.busy = true;
      this.working = this.work();
    }
    return this.working;
  }

  /** Lets it take what is left, and closes it. */
  async close(): Promise<void> {
    this.follower.hurry?.();
    await this.follow();
    await this.attempt(async () => this.follower.close?.());
  }

  private async work(): Promise<void> {
    try {
      if (this.cursor === undefined || this.follower.isLost) await this.reopen();
      while (this.cursor !== undefined && this.cursor < this.newest) await this.step(this.cursor);
      // That it could be opened says nothing of writing, unless nothing is left to be written.
      if (this.cursor !== undefined) this.noteRecovery();
    } finally {
      // In the same turn as the last look at `newest`, so that nothing falls between.
      this.busy = false;
    }
  }

  private step(cursor: number): Promise<void> {
    return this.attempt(async () => {
      const next = await this.next(cursor);
      await this.follower.take(next);
      this.cursor = next.at(-1)?.n;
      this.noteRecovery();
    });
  }

  private async reopen(): Promise<void> {
    const { id } = this.records;
    const { newest: last } = this;
    const read = (from: number, to: number): Promise<JournalRecord[]> => this.records.read(from, to);
    await this.attempt(async () => {
      this.cursor = await this.follower.open({ id, last, read });
    });
  }

  private next(cursor: number): readonly JournalRecord[] | Promise<readonly JournalRecord[]> {
    const { waiting } = this;
    this.waiting = [];
    const [first] = waiting;
    if (first && first.n <= cursor + 1) {
      const next = waiting.filter(({ n }) => n > cursor);
      if (next.length > 0) return next;
    }
    return this.records.read(cursor + 1, Math.min(this.newest, cursor + STEP_RECORDS));
  }

  private async attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (error instanceof FatalError) throw error;
      this.known = this.cursor ?? this.known;
      // The journal has everything: it is completed from its own cursor with the next record, second or start.
      this.cursor = undefined;
      if (!this.failing)
        this.logger.warn(`${this.follower.name} could not be written (${codeOf(error) ?? String(error)}).`);
      this.failing = true;
    }
  }

  private noteRecovery(): void {
    if (this.failing) this.logger.log(`${this.follower.name} is written again.`);
    this.failing = false;
  }
}
