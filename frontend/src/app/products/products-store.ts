import { Service, computed, inject, signal } from '@angular/core';
import {
  isProductRecord,
  reduceProducts,
  type Ack,
  type AddProduct,
  type CommandName,
  type Data,
  type Product,
  type ProductFields,
} from 'backend/contract';
import { newCommandId } from '../realtime/command-id';
import { intendedRecord, isUnanswered, reasonOf, type PendingCommand } from '../realtime/command';
import { Connection, type QUEUED } from '../realtime/connection';
import type { FeedChange } from '../realtime/feed';
import { withPending, type ShownProduct } from './pending-products';

export type { ShownProduct } from './pending-products';

/** Removed products that the page remembers at most. */
const MAX_REMOVED = 100;

/** A product as the form makes it. */
export type ProductDraft = Omit<AddProduct, 'id'>;
/** What a form gets: the server's answer, or `QUEUED` where that takes longer than a person waits. */
export type Answer<Name extends CommandName> = Promise<Ack<Data<Name>> | typeof QUEUED>;

/**
 * The catalogue as the feed delivers it, with what waits for the server on top, and what a member does to it. Commands that
 * are refused when no form waits for them any more stay in `refused`, until somebody decides about them.
 */
@Service()
export class ProductsStore {
  private readonly connection = inject(Connection);
  private readonly byId = signal<ReadonlyMap<number, Product>>(new Map());
  private readonly shown = computed(() => withPending(this.byId(), this.connection.pending()));
  private readonly commands = computed(() => this.connection.pending().filter(isOurs));

  /** In the order in which they were added; those that are not there yet come last. */
  readonly products = computed<readonly ShownProduct[]>(() => [...this.shown().values()].sort(byAge));
  /** Whether the list has not come yet. */
  readonly loading = computed(() => !this.connection.ready());
  /** How many of this member's commands are not answered yet. */
  readonly pending = computed(() => this.commands().filter(isUnanswered).length);
  /** What the server refused. */
  readonly refused = computed(() => this.commands().filter(reasonOf));

  private readonly removed = signal<readonly Product[]>([]);
  /** As they were last seen, the latest of the products that were removed: what is refused may be about them. */
  readonly gone = this.removed.asReadonly();

  constructor() {
    this.connection.listen((change) => this.apply(change));
  }

  add(draft: ProductDraft): Answer<'product:add'> {
    return this.connection.sendAndWait('product:add', { ...draft, id: newCommandId() });
  }

  /** Changes only these fields of the product, from the version that the person saw: in a form, the one when it was opened. */
  change(product: Product, fields: Partial<ProductFields>): Answer<'product:change'> {
    return this.connection.sendAndWait('product:change', { ...about(product), base: product.n, fields });
  }

  /** Refused with `CONFLICT` when somebody changed it since the person saw it. */
  remove(product: Product): Answer<'product:remove'> {
    return this.connection.sendAndWait('product:remove', { ...about(product), base: product.n });
  }

  /** Pieces that come (positive) or go (negative), whatever the stock is by now. */
  move(product: Product, delta: number, note?: string): Answer<'stock:move'> {
    return this.connection.sendAndWait('stock:move', { ...about(product), delta, ...(note && { note }) });
  }

  /** Sends a refused command again. */
  retry(id: string): void {
    this.connection.retry(id);
  }

  /** Discards a refused command. */
  discard(id: string): void {
    this.connection.discard(id);
  }

  private apply(change: FeedChange): void {
    const before = this.byId();
    if (change.kind === 'snapshot') {
      this.byId.set(new Map(change.snapshot.products.map((product) => [product.id, product])));
    } else {
      const records = change.records.filter(isProductRecord);
      this.byId.update((products) => reduceProducts(products, records));
    }
    const now = this.byId();
    const removed = now === before ? [] : [...before.values()].filter(({ id }) => !now.has(id));
    if (removed.length > 0) this.removed.update((gone) => [...gone, ...removed].slice(-MAX_REMOVED));
  }
}

/** What every command about a product says of it. */
function about({ id: product, n, command }: Product) {
  return { id: newCommandId(), product, refers: { n, command } };
}

function isOurs(command: PendingCommand): boolean {
  const record = intendedRecord(command);
  return record !== undefined && isProductRecord(record);
}

function byAge(a: Product, b: Product): number {
  if (a.id < 0 !== b.id < 0) return a.id < 0 ? 1 : -1;
  return a.id < 0 ? b.id - a.id : a.id - b.id;
}
