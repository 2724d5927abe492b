import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import {
  type AddProduct,
  type ChangeProduct,
  type Data,
  LIMITS,
  type MessageMove,
  type MoveStock,
  planMoves,
  type Product,
  type ProductAdded,
  productAdded,
  type ProductHistoryPage,
  type ProductHistoryRequest,
  type ProductRestored,
  productRestored,
  type ProductsPage,
  type ProductsRequest,
  type RemoveProduct,
  type RestoreProduct,
  type StockLine,
  type StockMoved,
  type Stored,
} from '../contract/index.js';
import { commandOf, Journal } from '../journal/index.js';
import { Feed } from '../realtime/feed.js';
import { firstWithin } from '../realtime/page-size.js';
import { Refusal, requireRoom } from '../errors/refusal.js';
import { Catalogue, type ProductWatcher } from './catalogue.js';
import { refuseChangedSince, refuseConflicts, refuseStockOutside, refuseTakenCode } from './conflicts.js';
import { historyPage } from './product-history.js';
import { fieldsOf, type ProductState } from './product-state.js';

/** The rules of the catalogue. Every method stores one record, or throws a `Refusal`. */
@Injectable()
export class ProductsService implements OnApplicationBootstrap {
  private readonly logger = new Logger(ProductsService.name);
  private readonly catalogue = new Catalogue();

  constructor(
    private readonly journal: Journal,
    private readonly feed: Feed,
  ) {
    journal.addView(this.catalogue);
    feed.include('products', ({ firstProducts }) =>
      firstProducts === undefined ? this.list() : this.first(firstProducts),
    );
    feed.include('productTotal', ({ firstProducts }) => {
      const { size } = this.catalogue;
      return firstProducts === undefined || this.first(firstProducts).length === size ? undefined : size;
    });
  }

  /** Earlier versions took the same code twice. Such a journal opens; what is changed from now on obeys the rule. */
  onApplicationBootstrap(): void {
    for (const ids of this.catalogue.codes.shared()) {
      this.logger.warn(`Products ${ids.join(', ')} have the same code. A mention of it means the first of them.`);
    }
  }

  /** The durable products, in the order in which they were added. */
  list(): Product[] {
    return this.catalogue.list();
  }

  /** Some of the durable products, by id. */
  page({ after, limit = LIMITS.productsPage, packed = false }: ProductsRequest): ProductsPage {
    const n = this.feed.sentUpTo();
    const products = firstWithin(packed ? 2 * LIMITS.pageBytes : LIMITS.pageBytes, this.catalogue.after(after, limit));
    const last = products.at(-1)?.id ?? after;
    return { n, products, more: !this.catalogue.after(last, 1).next().done, total: this.catalogue.size };
  }

  async add(payload: AddProduct, by: string): Promise<Data<'product:add'>> {
    const command = commandOf('product:add', payload, by);
    const record = await this.journal.commit<ProductAdded>(command, () => {
      requireRoom('products', this.catalogue.size, LIMITS.products);
      refuseTakenCode(this.catalogue.codes, command.intent.fields.code);
      return command.intent;
    });
    return { ...stored(record), product: productAdded(record) };
  }

  /** Fields that others changed meanwhile are merged; the same field is a `CONFLICT`. */
  async change(payload: ChangeProduct, by: string): Promise<Stored> {
    const fields = Object.fromEntries(
      Object.entries(payload.fields).filter(([, value]: [string, unknown]) => value !== undefined),
    );
    const command = commandOf('product:change', { ...payload, fields }, by);
    const record = await this.journal.commit(command, () => {
      const state = this.get(payload.product);
      refuseConflicts(state, command.intent, { ...payload, by });
      refuseTakenCode(this.catalogue.codes, command.intent.fields.code, state);
      return command.intent;
    });
    return stored(record);
  }

  async remove(payload: RemoveProduct, by: string): Promise<Stored> {
    const { product, base, baseCommands } = payload;
    const command = commandOf('product:remove', payload, by);
    const record = await this.journal.commit(command, () => {
      const state = this.get(product);
      if (base !== undefined) refuseChangedSince(state, { base, baseCommands, by });
      return command.intent;
    });
    return stored(record);
  }

  /** What was removed comes back as it was, whoever removed it. */
  async restore(payload: RestoreProduct, by: string): Promise<Data<'product:restore'>> {
    const command = commandOf('product:restore', payload, by);
    const record = await this.journal.commit<ProductRestored>(command, () => {
      const state = this.catalogue.find(payload.product);
      if (!state) throw notFound();
      if (!state.removed) throw new Refusal('CONFLICT', 'That product has not been removed.');
      requireRoom('products', this.catalogue.size, LIMITS.products);
      refuseTakenCode(this.catalogue.codes, state.product.code, state);
      return { ...command.intent, fields: fieldsOf(state.product), stock: state.product.stock };
    });
    return { ...stored(record), product: productRestored(record) };
  }

  /** Pieces that come or go: what others count at the same time adds up, and never goes below zero. */
  async move(payload: MoveStock, by: string): Promise<Data<'stock:move'>> {
    const { product, delta } = payload;
    const command = commandOf('stock:move', payload, by);
    const record = await this.journal.commit<StockMoved>(command, () => {
      const state = this.get(product);
      refuseStockOutside(state, delta);
      return { ...command.intent, stock: state.product.stock + delta };
    });
    return { ...stored(record), stock: record.stock };
  }

  /** The product with a code (as `foldCode` makes it), as a decision must see it. */
  withCode(folded: string): Product | undefined {
    const [id] = this.catalogue.codes.holders(folded);
    return id === undefined ? undefined : this.catalogue.find(id)?.product;
  }

  /** Throws `NOT_FOUND` unless there is such a product, or was, as a decision must see it. */
  requireKnown(product: number): void {
    if (!this.catalogue.find(product)) throw notFound();
  }

  /** The product as it is, or as it was when it was removed; undefined where there never was one. */
  known(product: number): Product | undefined {
    return this.catalogue.find(product)?.product;
  }

  /** Lets one feature see each durable change as it happens; what a start replays is none. */
  watch(watcher: ProductWatcher): void {
    this.catalogue.watcher = watcher;
  }

  /** What lines of a message move, by the rule of `stock:move`, as a decision must see it. Throws a `Refusal`. */
  movesBy(lines: readonly StockLine[]): readonly MessageMove[] {
    const plan = planMoves(lines, (code) => this.withCode(code));
    if ('unknown' in plan) throw new Refusal('NOT_FOUND', 'No product has one of these codes: nothing was moved.');
    return plan.moves.map(({ before, ...move }) => {
      refuseStockOutside(this.get(move.product), move.delta, before);
      return move;
    });
  }

  /** What happened to a product, newest first; also to one that was removed. */
  history(request: ProductHistoryRequest): Promise<ProductHistoryPage> {
    if (!this.catalogue.timeline.has(request.product)) throw notFound();
    return historyPage(this.catalogue.timeline, this.journal, request);
  }

  /** What a slow line carries with the newest messages in one answer. */
  private first(products: number): Product[] {
    return firstWithin(LIMITS.pageBytes / 2, this.catalogue.after(0, products));
  }

  private get(product: number): ProductState {
    const state = this.catalogue.find(product);
    if (!state || state.removed) throw notFound();
    return state;
  }
}

function notFound(): Refusal {
  return new Refusal('NOT_FOUND', 'There is no such product.');
}

function stored({ n, at }: Stored): Stored {
  return { n, at };
}
