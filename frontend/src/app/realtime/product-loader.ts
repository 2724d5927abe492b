import {
  productOf,
  productRecordsIn,
  reduceProducts,
  type Ack,
  type JournalRecord,
  type ProductRecord,
  type ProductsPage,
  type Snapshot,
} from 'backend/contract';
import type { ProductsLoaded } from './feed';
import { growingDelay } from './growing-delay';

/**
 * Loads the products that a snapshot left out, page after page, while others go on changing them.
 *
 * A page says as of which record it is. It is taken when the feed has come that far: so everything that is shown is always as
 * of one record, and a page of a history that the server loses right after is never mixed with another one. Records that come
 * while a page is on its way are kept, and applied to it: they are not undone by it, and what was removed meanwhile stays
 * removed. What came before the page was asked for is in it.
 */
export class ProductLoader {
  /** Records that came since a page was asked for. */
  private meanwhile: ProductRecord[] = [];
  /** The id up to which products are loaded; undefined when all are. */
  private loadedTo: number | undefined;
  /** The record as of which everything is that was delivered. */
  private applied = 0;
  /** A page that is ahead of the feed. */
  private waiting: ProductsPage | undefined;
  private isAsking = false;
  /** Counts what makes the answers to earlier questions stale: another snapshot, the end of a connection. */
  private turn = 0;
  private attempts = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    /** Sends `products:page`; see `Requester.request` for what it resolves to. */
    private readonly ask: (after: number) => Promise<Ack<ProductsPage>>,
    private readonly deliver: (loaded: ProductsLoaded) => void,
  ) {}

  /** Everything begins anew. */
  started({ n, products, productTotal }: Snapshot): void {
    this.end();
    this.applied = n;
    this.loadedTo = productTotal === undefined ? undefined : (products.at(-1)?.id ?? 0);
    this.next();
  }

  /** The feed has delivered these. */
  follow(records: readonly JournalRecord[]): void {
    this.applied = records.at(-1)?.n ?? this.applied;
    if (!this.isAsking) return;
    this.meanwhile.push(...productRecordsIn(records));
    this.take();
  }

  /** The feed follows the server on this connection: only now is it certain that both have the same history. */
  live(): void {
    this.next();
  }

  disconnected(): void {
    this.end();
  }

  private next(): void {
    if (!this.isAsking && this.loadedTo !== undefined) void this.load(this.loadedTo);
  }

  private async load(after: number): Promise<void> {
    this.isAsking = true;
    this.meanwhile = [];
    const { turn } = this;
    const answer = await this.ask(after);
    if (turn !== this.turn) return;
    if (!answer.ok) {
      this.timer = setTimeout(() => void this.load(after), growingDelay(this.attempts++));
      return;
    }
    this.attempts = 0;
    this.waiting = answer.data;
    this.take();
  }

  /** Delivers the page that is here, when the feed has come as far. */
  private take(): void {
    if (!this.waiting || this.waiting.n > this.applied) return;
    const { products, more, total } = this.waiting;
    const page = new Map(products.map((product) => [product.id, product]));
    const since = this.meanwhile.filter((record) => record.n > (page.get(productOf(record))?.n ?? Infinity));
    this.end();
    this.loadedTo = more ? products.at(-1)?.id : undefined;
    const loaded = [...reduceProducts(page, since).values()];
    this.deliver({ kind: 'products', products: loaded, total: more ? total : undefined });
    this.next();
  }

  /** Nothing is on its way any more. */
  private end(): void {
    this.turn++;
    this.isAsking = false;
    this.meanwhile = [];
    this.waiting = undefined;
    clearTimeout(this.timer);
  }
}
