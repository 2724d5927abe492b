import { setTimeout } from 'node:timers/promises';
import type { JournalRecord } from '../contract/index.js';
import { type Follower, FollowerRun } from './follower.js';
import type { FollowerPlace } from './measured.js';
import type { RecordReader } from './record-store.js';

/** A history in which followers are waited for at start, and how long at most. */
const SHORT_HISTORY_RECORDS = 10_000;
const CATCH_UP_LIMIT_MS = 1_000;

/** All followers of one store. */
export class Followers {
  private readonly runs: FollowerRun[] = [];

  /** @param fail takes the `FatalError` after which nothing may go on */
  constructor(
    private readonly records: RecordReader,
    private readonly fail: (error: unknown) => void,
  ) {}

  add(follower: Follower): void {
    this.runs.push(new FollowerRun(follower, this.records));
  }

  /** How far each has come. */
  get places(): readonly FollowerPlace[] {
    return this.runs.map(({ place }) => place);
  }

  /** They complete what a crash left out before anybody connects; after a long history, while people work. */
  async open(): Promise<void> {
    const waitedFor: Promise<void>[] = [];
    for (const run of this.runs) {
      const caughtUp = run.open().catch(this.fail);
      if (!run.inBackground) waitedFor.push(caughtUp);
    }
    if (this.records.last > SHORT_HISTORY_RECORDS) return;
    await Promise.race([Promise.all(waitedFor), setTimeout(CATCH_UP_LIMIT_MS, undefined, { ref: false })]);
  }

  /** Leads each to the last record. `live` are the newest ones, where they are at hand. */
  follow(live?: readonly JournalRecord[]): void {
    for (const run of this.runs) void run.follow(live).catch(this.fail);
  }

  /** Lets each take what is left, and closes it. Throws `FatalError`. */
  async close(): Promise<void> {
    for (const run of this.runs) await run.close();
  }
}
