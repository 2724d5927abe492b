import { Injectable, Logger } from '@nestjs/common';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Config } from '../config.js';
import type { JournalRecord } from '../contract/index.js';
import { type Follower, Journal, type RecordReader } from '../journal/index.js';
import { Arrivals } from './arrivals.js';
import { IndexFailure, IndexThread } from './index-thread.js';
import { RebuildProgress } from './rebuild-progress.js';
import type { IndexCursor } from './sqlite/index-file.js';
import type { Answered } from './sqlite/index-keeper.js';
import type { QueryName } from './sqlite/queries.js';

/** Between two transactions, unless somebody waits: many records in one cost little more than one alone. */
const PAUSE_MS = 100;
/** A batch of so many records is a step of catching up. */
const LARGE_BATCH = 500;
/** How long a query waits for the newest record, and how far that may be: an index that is being built answers at once. */
const WAIT_MS = 2_000;
const NEAR_RECORDS = 10_000;
/** How long after a start it is opened, unless somebody asks before: pages that come back have the processor first. */
const OPEN_AFTER_MS = 2_000;

/** `data/index.sqlite`: what can be asked of the past. A view: thrown away and built anew whenever in doubt. */
@Injectable()
export class IndexFollower implements Follower {
  readonly name = 'index.sqlite';
  readonly inBackground = true;
  private readonly logger = new Logger('Index');
  private readonly path: string;
  private readonly progress = new RebuildProgress(this.name);
  private readonly arrivals = new Arrivals();
  private readonly wanted = Promise.withResolvers<undefined>();
  private thread: IndexThread | undefined;
  private opening: Promise<IndexThread> | undefined;
  /** The number of the last record that the index has. */
  private n = 0;
  private pause = new AbortController();
  private notBefore = 0;
  private isHurried = false;

  constructor(journal: Journal, { DATA_DIR }: Config) {
    this.path = join(DATA_DIR, this.name);
    journal.addFollower(this);
  }

  async open(records: RecordReader): Promise<number> {
    const timer = setTimeout(() => this.wanted.resolve(undefined), OPEN_AFTER_MS).unref();
    await this.wanted.promise;
    clearTimeout(timer);
    // Stopped before anybody needed it: the next start finds out what it lacks.
    if (this.isHurried && !this.thread) return records.last;
    this.opening = this.start(records);
    await this.opening;
    return this.n;
  }

  async take(records: readonly JournalRecord[]): Promise<void> {
    const thread = await this.opening;
    const last = records.at(-1);
    if (!thread || !last) return;
    if (records.length < LARGE_BATCH) await this.breathe();
    await thread.call('take', records);
    this.notBefore = performance.now() + PAUSE_MS;
    this.n = last.n;
    this.progress.reached(this.n);
    this.arrivals.upTo(this.n);
  }

  get isLost(): boolean {
    return this.thread?.failure !== undefined;
  }

  hurry(): void {
    this.isHurried = true;
    this.wanted.resolve(undefined);
    this.pause.abort();
  }

  async close(): Promise<void> {
    const { thread } = this;
    if (thread && !thread.failure) await thread.call('close');
    await thread?.end();
  }

  /**
   * Answers as of record `n` at least, if it comes to that soon; otherwise as of the last one that it has. Throws
   * `IndexFailure` while there is no index.
   */
  async ask<Name extends QueryName>(
    n: number,
    ...query: [name: Name, payload: unknown, member: string | undefined]
  ): Promise<Answered<Name>> {
    this.wanted.resolve(undefined);
    await this.wanted.promise;
    const thread = await this.opening;
    if (!thread) throw new IndexFailure({ code: 'closed', message: 'The index is not open.', damage: false });
    if (n > this.n && n - this.n <= NEAR_RECORDS) {
      const arrival = this.arrivals.of(n, WAIT_MS);
      this.pause.abort();
      await arrival;
    }
    return thread.call('ask', ...query);
  }

  private async start(records: RecordReader): Promise<IndexThread> {
    const thread = await this.livingThread();
    const cursor = await thread.call('open');
    if (cursor && (await isOf(cursor, records))) this.n = cursor.n;
    else {
      await thread.call('create', records.id);
      this.n = 0;
    }
    this.progress.begin(this.n, records.last);
    return thread;
  }

  private async livingThread(): Promise<IndexThread> {
    const { failure } = this.thread ?? {};
    if (this.thread && !failure) return this.thread;
    if (failure) this.logger.warn(`${this.name} is opened again (${failure.code}).`);
    await this.thread?.end();
    this.thread = new IndexThread(this.path);
    return this.thread;
  }

  /** Ended early when somebody waits for these records, or the server stops. */
  private async breathe(): Promise<void> {
    const pause = this.notBefore - performance.now();
    if (pause <= 0 || this.isHurried || this.arrivals.isAwaited) return;
    this.pause = new AbortController();
    await delay(pause, undefined, { signal: this.pause.signal }).catch(() => undefined);
  }
}

/** Whether the history that an index has is the beginning of this one. */
async function isOf({ journal, n, command }: IndexCursor, records: RecordReader): Promise<boolean> {
  if (journal !== records.id || n > records.last) return false;
  const [record] = n > 0 ? await records.read(n, n) : [];
  return (record?.id ?? '') === command;
}
