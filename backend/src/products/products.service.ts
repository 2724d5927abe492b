import { Injectable } from '@nestjs/common';
import {
  type AddProduct,
  type ChangeProduct,
  type Data,
  LIMITS,
  type MoveStock,
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
  type StockMoved,
  type Stored,
} from '../contract/index.js';
import { commandOf, Journal } from '../journal/index.js';
import { Feed } from '../realtime/feed.js';
import { firstWithin } from '../realtime/page-size.js';
import { Refusal } from '../errors/refusal.js';
import { Catalogue, fieldsOf, type ProductState } from './catalogue.js';
import { refuseChangedSince, refuseConflicts, refuseStockOutside } from './conflicts.js';
import { historyPage } from './product-history.js';

/** The rules of the catalogue. Every method stores one record, or throws a `Refusal`. */
@Injectable()
export class ProductsService {
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
    const record = await this.journal.commit<ProductAdded>(command, () => command.intent);
    return { ...stored(record), product: productAdded(record) };
  }

  /** Fields that others changed meanwhile are merged; the same field is a `CONFLICT`. */
  async change(payload: ChangeProduct, by: string): Promise<Stored> {
    const fields = Object.fromEntries(
      Object.entries(payload.fields).filter(([, value]: [string, unknown]) => value !== undefined),
    );
    const command = commandOf('product:change', { ...payload, fields }, by);
    const record = await this.journal.commit(command, () => {
      refuseConflicts(this.get(payload.product), payload, { ...payload, by });
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
      refuseStockOutside(LIMITS.stock, state, delta);
      return { ...command.intent, stock: state.product.stock + delta };
    });
    return { ...stored(record), stock: record.stock };
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
