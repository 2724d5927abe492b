import { setImmediate } from 'node:timers/promises';
import type { JournalRecord, Snapshot } from '../src/contract/index.js';
import { ChatService } from '../src/chat/chat.service.js';
import type { FatalError } from '../src/errors/exit-codes.js';
import { Journal } from '../src/journal/index.js';
import { MonotonicClock } from '../src/journal/monotonic-clock.js';
import { NoSpace } from '../src/journal/record-store.js';
import { Config } from '../src/config.js';
import { MembersService } from '../src/members/members.service.js';
import { ProductsService } from '../src/products/products.service.js';
import { Feed } from '../src/realtime/feed.js';
import { MemoryLog, MemoryRecordStore } from './journal/memory-record-store.js';

/** The real rules of both features and the real journal, on a store in memory. */
export class Board {
  /** Whether the disk is full for the next batches. */
  full = false;
  readonly journal: Journal;
  readonly feed: Feed;
  readonly chat: ChatService;
  readonly products: ProductsService;

  private constructor(private readonly log: MemoryLog) {
    const store = new MemoryRecordStore(log);
    store.before = () => {
      if (this.full) throw new NoSpace();
    };
    let instant = 0;
    const clock = new MonotonicClock(() => new Date(instant++).toISOString());
    const halt = (failure: FatalError): void => {
      throw failure;
    };
    this.journal = new Journal({ store, clock, halt });
    this.feed = new Feed(this.journal);
    this.products = new ProductsService(this.journal, this.feed);
    this.chat = new ChatService(
      this.journal,
      this.feed,
      this.products,
      new MembersService(this.journal, new Config(), this.feed),
    );
  }

  /** @param log the stored records, perhaps of another board */
  static async open(log = new MemoryLog()): Promise<Board> {
    const board = new Board(log);
    await board.journal.onModuleInit();
    return board;
  }

  get records(): readonly JournalRecord[] {
    return this.log.records;
  }

  /** The number of one of the records of that type; or a number that does not exist. */
  pick(type: 'message-posted' | 'product-added', which: number): number {
    const made = this.records.filter((record) => record.type === type);
    return made[which % (made.length + 1)]?.n ?? 999;
  }

  /** As JSON, after all stored records were broadcast. */
  async snapshot(): Promise<Snapshot> {
    await setImmediate();
    return JSON.parse(JSON.stringify(this.feed.join(null))) as Snapshot;
  }

  async close(): Promise<void> {
    await this.journal.onModuleDestroy();
    await this.journal.beforeApplicationShutdown();
  }
}
