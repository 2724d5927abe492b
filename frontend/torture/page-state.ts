import {
  isMessageRecord,
  productRecordsIn,
  reduceMessages,
  reduceProducts,
  type JournalRecord,
  type Message,
  type Product,
  type Reference,
} from 'backend/contract';
import type { FeedChange } from '../src/app/realtime/feed';

/** The state of a page, by the reducers that it uses, and every record that it received. */
export class PageState {
  products: ReadonlyMap<number, Product> = new Map();
  messages: readonly Message[] = [];
  n = 0;
  /** The removals of products that were not restored since, by product id; of those removed while the page was open. */
  readonly removals = new Map<number, Reference>();
  /** Whether all products are there. */
  complete = false;
  /** Must stay empty: records that do not follow the record before them. */
  readonly violations: string[] = [];
  /** The command id of each record, by record number. */
  readonly seen = new Map<number, string>();

  apply(change: FeedChange): void {
    if (change.kind === 'snapshot') {
      const { n, products, productTotal, messages } = change.snapshot;
      this.n = n;
      this.complete = productTotal === undefined;
      this.products = new Map(products.map((product) => [product.id, product]));
      this.messages = messages;
      return;
    }
    if (change.kind === 'products') {
      this.complete = change.total === undefined;
      this.products = new Map([...this.products, ...change.products.map((product) => [product.id, product] as const)]);
      return;
    }
    for (const record of change.records) this.follow(record);
    this.products = reduceProducts(this.products, productRecordsIn(change.records));
    this.messages = reduceMessages(this.messages, change.records.filter(isMessageRecord));
  }

  private follow(record: JournalRecord): void {
    const { n, id } = record;
    if (record.type === 'product-removed') this.removals.set(record.product, { n, command: id });
    if (record.type === 'product-restored') this.removals.delete(record.product);
    if (n !== this.n + 1) this.violations.push(`${n} after ${this.n}`);
    const before = this.seen.get(n);
    if (before !== undefined && before !== id) this.violations.push(`${n} is ${id} and was ${before}`);
    this.seen.set(n, id);
    this.n = n;
  }
}
