import type { Snapshot } from '../src/contract/index.js';
import { ChatService } from '../src/chat/chat.service.js';
import { ProductsService } from '../src/products/products.service.js';
import { Feed } from '../src/realtime/feed.js';
import { MemoryJournal } from './memory-journal.js';

/** The real rules of both features on a journal in memory. */
export class Board {
  readonly journal = new MemoryJournal();
  readonly feed = new Feed(this.journal);
  readonly chat = new ChatService(this.journal, this.feed);
  readonly products = new ProductsService(this.journal, this.feed);

  /** The number of one of the records that made a thing of this kind; or one that does not exist. */
  pick(type: 'message-posted' | 'product-added', which: number): number {
    const made = this.journal.records.filter((record) => record.type === type);
    return made[which % (made.length + 1)]?.n ?? 999;
  }

  /** As it travels. */
  snapshot(): Snapshot {
    return JSON.parse(JSON.stringify(this.feed.join(null))) as Snapshot;
  }
}
