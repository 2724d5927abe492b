import { Logger } from '@nestjs/common';
import type { JournalRecord, MessagePosted, StockMoved } from '../../src/contract/index.js';
import type { FatalError } from '../../src/errors/exit-codes.js';
import { FileRecordStore } from '../../src/journal/file/file-record-store.js';
import { MonotonicClock } from '../../src/journal/monotonic-clock.js';
import { type Follower, Journal, type View } from '../../src/journal/index.js';
import type { Refusal } from '../../src/errors/refusal.js';
import { RecordedLog } from '../recorded-log.js';
import { Ledger } from './ledger.js';

/** What journals have logged in this file of tests. */
export const log = new RecordedLog();
Logger.overrideLogger(log);

interface Options {
  readonly clock?: () => string;
  /** Views besides the ledger. */
  readonly views?: readonly View[];
  readonly followers?: readonly Follower[];
  /** See `FileStoreOptions`. */
  readonly viewFiles?: readonly string[];
  readonly ledger?: Ledger;
  /** See `Disk`. Faults are simulated on file handles, which a sync on the main thread does not use. */
  readonly syncInlineLimitMs?: number;
}

/** The file journal as the server runs it, with a small view, and the answer of every command. */
export class TestJournal {
  /** Why it ended itself; more than one is a defect. */
  readonly halts: FatalError[] = [];
  /** Numbers of the records that were acknowledged, by command. */
  readonly acknowledged = new Map<string, number>();
  readonly refused = new Map<string, Refusal>();
  private readonly halt = Promise.withResolvers<undefined>();
  private readonly journal: Journal;
  readonly ledger: Ledger;

  private constructor(folder: string, options: Options) {
    const { views = [], followers = [], viewFiles = [], ledger = new Ledger(), syncInlineLimitMs = 0 } = options;
    const clock = new MonotonicClock(options.clock ?? (() => new Date().toISOString()));
    this.ledger = ledger;
    this.journal = new Journal({
      store: new FileRecordStore({ folder, clock: () => clock.now(), views: viewFiles, syncInlineLimitMs }),
      clock,
      halt: (failure) => {
        this.halts.push(failure);
        this.halt.resolve(undefined);
      },
    });
    for (const view of [this.ledger, ...views]) this.journal.addView(view);
    for (const follower of followers) this.journal.addFollower(follower);
  }

  /** Throws `FatalError` as the server would end with it. */
  static async open(folder: string, options: Options = {}): Promise<TestJournal> {
    const opened = new TestJournal(folder, options);
    await opened.journal.onModuleInit();
    await opened.journal.onApplicationBootstrap();
    return opened;
  }

  get last(): number {
    return this.journal.last;
  }

  get id(): string {
    return this.journal.id;
  }

  get ready(): boolean {
    return this.journal.ready;
  }

  get committed() {
    return this.journal.committed;
  }

  /** Resolves when the journal has ended itself. */
  get halted(): Promise<undefined> {
    return this.halt.promise;
  }

  /** Posts a message; by default its text contains its id. */
  async post(id: string, text = `text of ${id}`): Promise<MessagePosted> {
    const command = { id, by: 'ana@acme.com', intent: { type: 'message-posted', text } } as const;
    return this.recorded(
      id,
      this.journal.commit<MessagePosted>(command, () => ({ type: 'message-posted', text })),
    );
  }

  /** Moves pieces of the ledger's product. */
  async move(id: string, delta: number): Promise<StockMoved> {
    const command = { id, by: 'beto@acme.com', intent: { type: 'stock-moved', delta } } as const;
    return this.recorded(id, this.journal.commit<StockMoved>(command, this.ledger.move(delta)));
  }

  /** Posts messages at once, so that they share a batch; ends when each is answered or the journal has ended itself. */
  async postAll(ids: readonly string[]): Promise<void> {
    await Promise.race([Promise.allSettled(ids.map((id) => this.post(id))), this.halted]);
  }

  read(numbers: readonly number[]): Promise<JournalRecord[]> {
    return this.journal.readEach(numbers);
  }

  /** Every stored record. */
  async all(): Promise<JournalRecord[]> {
    return this.read(Array.from({ length: this.last }, (_, index) => index + 1));
  }

  /** The clean stop of the server. */
  async stop(): Promise<void> {
    await this.journal.onModuleDestroy();
    await this.journal.beforeApplicationShutdown();
  }

  private async recorded<R extends JournalRecord>(id: string, answer: Promise<R>): Promise<R> {
    try {
      const record = await answer;
      this.acknowledged.set(id, record.n);
      return record;
    } catch (error) {
      this.refused.set(id, error as Refusal);
      throw error;
    }
  }
}
