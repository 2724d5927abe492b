import { Service, computed, inject, signal } from '@angular/core';
import {
  isProductRecord,
  LIMITS,
  productRecordsIn,
  reduceProducts,
  type Ack,
  type AddProduct,
  type CommandName,
  type Data,
  type Payload,
  type Product,
  type ProductFields,
  type Reference,
  type Stored,
} from 'backend/contract';
import { newCommandId } from '../realtime/command-id';
import { intendedRecord, isUnanswered, reasonOf, type PendingCommand } from '../realtime/command';
import { Connection, type QUEUED } from '../realtime/connection';
import type { FeedChange } from '../realtime/feed';
import { aboutProduct } from './about-product';
import { withPending, type ShownProduct } from './pending-products';

export type { ShownProduct } from './pending-products';

/** Removed products that the page remembers at most. */
const MAX_REMOVED = 100;

/** A product as it was after one of its records. */
export type Version = Pick<Product, 'id' | 'n' | 'command'>;
/** A product as the form makes it. */
export type ProductDraft = Omit<AddProduct, 'id'>;
/** What a form gets: the server's answer, or `QUEUED` where that takes longer than a person waits. */
export type Answer<Name extends CommandName> = Promise<Ack<Data<Name>> | typeof QUEUED>;

/** A product that is being created. */
export interface Adding {
  /** The command's. */
  readonly id: string;
  /** The server's answer, whenever that comes. */
  readonly stored: Promise<Ack<Data<'product:add'>>>;
  /** What the form gets. */
  readonly answer: Answer<'product:add'>;
}

/** A command that was submitted. */
export interface Submitted {
  /** The command's. */
  readonly id: string;
  /** The server's, whenever that comes. */
  readonly answer: Promise<Ack<Stored>>;
}

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
  private readonly total = signal<number | undefined>(undefined);
  /** How much of a large board is here; undefined when all of it is. */
  readonly partly = computed(() => {
    const [loaded, total] = [this.byId().size, this.total()];
    return total === undefined ? undefined : { loaded, total: Math.max(loaded, total) };
  });
  /** How many of this member's commands are not answered yet. */
  readonly pending = computed(() => this.commands().filter(isUnanswered).length);
  /** What the server refused. */
  readonly refused = computed(() => this.commands().filter(reasonOf));

  private readonly removed = signal<readonly Product[]>([]);
  /** What the board had when a snapshot came that is still loaded: what will not be in it again was removed. */
  private before: ReadonlyMap<number, Product> | undefined;
  /** As they were last seen, the latest of the products that were removed: what is refused may be about them. */
  readonly gone = this.removed.asReadonly();

  constructor() {
    this.connection.listen((change) => this.apply(change));
  }

  add(draft: ProductDraft): Answer<'product:add'> {
    return this.beginAdding(draft).answer;
  }

  /** The same, with the server's answer, whenever that comes: it can be undone before. */
  beginAdding(draft: ProductDraft): Adding {
    const payload = { ...draft, id: newCommandId() };
    const stored = this.connection.command('product:add', payload);
    return { id: payload.id, stored, answer: this.connection.sendAndWait('product:add', payload, stored) };
  }

  /** Changes only these fields of the product, from the version that the person saw: in a form, the one when it was opened. */
  change(product: Product, fields: Partial<ProductFields>, id = newCommandId()): Answer<'product:change'> {
    return this.connection.sendAndWait('product:change', { ...this.over(product, id), fields });
  }

  /** As `change`, for whom no form waits: it shows at once, and stays in `refused` if it is refused. */
  submitChange(product: Product, fields: Partial<ProductFields>): Submitted {
    return this.submit('product:change', { ...this.over(product), fields });
  }

  /** Pieces that come (positive) or go (negative), whatever the stock is by now. */
  submitMove(product: Version, delta: number, note?: string): Submitted {
    return this.submit('stock:move', { ...aboutProduct(product, newCommandId()), delta, ...(note && { note }) });
  }

  /** Refused with `CONFLICT` when somebody changed it since the person saw it. */
  submitRemove(product: Product): Submitted {
    return this.submit('product:remove', this.over(product));
  }

  /** Brings a removed product back, as it was. */
  submitRestore({ id }: Pick<Product, 'id'>, { n, command }: Reference): Submitted {
    return this.submit('product:restore', { id: newCommandId(), product: id, refers: { n, command } });
  }

  /** What a command says that may be in conflict: what it was given over, this member's unanswered commands included. */
  private over(product: Product, id = newCommandId()) {
    const mine = this.commands().filter((command) => isLaterThan(command, product));
    const baseCommands = mine.map((command) => command.id).slice(-LIMITS.baseCommands);
    return { ...aboutProduct(product, id), base: product.n, ...(baseCommands.length > 0 && { baseCommands }) };
  }

  private submit<Name extends CommandName>(name: Name, payload: Payload<Name>): Submitted {
    return { id: payload.id, answer: this.connection.command(name, payload) };
  }

  /** Discards a refused command. */
  discard(id: string): void {
    this.connection.discard(id);
  }

  private apply(change: FeedChange): void {
    const before = this.byId();
    this.byId.set(after(before, change));
    if (change.kind === 'records') this.remember(before);
    else this.loaded(before, change.kind === 'snapshot' ? change.snapshot.productTotal : change.total);
  }

  private loaded(before: ReadonlyMap<number, Product>, total: number | undefined): void {
    this.before ??= before;
    this.total.set(total);
    if (total !== undefined) return;
    this.remember(this.before);
    this.before = undefined;
  }

  private remember(before: ReadonlyMap<number, Product>): void {
    const now = this.byId();
    const known = new Set(this.removed().map(({ id }) => id));
    const isGone = ({ id }: Product): boolean => !now.has(id) && !known.has(id);
    const removed = now === before ? [] : [...before.values()].filter(isGone);
    if (removed.length > 0) this.removed.update((gone) => [...gone, ...removed].slice(-MAX_REMOVED));
  }
}

function after(products: ReadonlyMap<number, Product>, change: FeedChange): ReadonlyMap<number, Product> {
  if (change.kind === 'records') return reduceProducts(products, productRecordsIn(change.records));
  const [held, more] = change.kind === 'snapshot' ? [[], change.snapshot.products] : [products, change.products];
  return new Map([...held, ...more.map((product) => [product.id, product] as const)]);
}

function isOurs(command: PendingCommand): boolean {
  const record = intendedRecord(command);
  return record !== undefined && isProductRecord(record);
}

/** Whether a command about the product may change it, and is not in that version of it. */
function isLaterThan({ command: { payload }, status }: PendingCommand, { id, n }: Product): boolean {
  if (!('product' in payload) || payload.product !== id || status.kind === 'refused') return false;
  return status.kind !== 'stored' || status.n > n;
}

function byAge(a: Product, b: Product): number {
  if (a.id < 0 !== b.id < 0) return a.id < 0 ? 1 : -1;
  return a.id < 0 ? b.id - a.id : a.id - b.id;
}
