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
  type ProductChanged,
  type ProductRemoved,
  type RemoveProduct,
  type StockMoved,
  type Stored,
} from '../contract/index.js';
import { Journal } from '../journal/index.js';
import { Feed } from '../realtime/feed.js';
import { Refusal } from '../errors/refusal.js';
import { Catalogue, type Held } from './catalogue.js';
import { refuseChangedSince, refuseConflicts, refuseStockOutside } from './conflicts.js';

/** The rules of the catalogue. Every method stores one record, or throws a `Refusal`. */
@Injectable()
export class ProductsService {
  private readonly catalogue = new Catalogue();

  constructor(
    private readonly journal: Journal,
    feed: Feed,
  ) {
    journal.project(this.catalogue);
    feed.include(() => ({ products: this.list() }));
  }

  /** The durable products, in the order in which they were added. */
  list(): Product[] {
    return this.catalogue.list();
  }

  async add(command: AddProduct, by: string): Promise<Data<'product:add'>> {
    const { id, after, title, price, thumbnail = '', description = '', code = '', category = '', stock = 0 } = command;
    const fields = { title, price, thumbnail, description, code, category };
    const intent = { type: 'product-added', fields, stock } as const;
    const record = await this.journal.commit<ProductAdded>({ id, by, after, intent }, () => intent);
    return { ...stored(record), product: productAdded(record) };
  }

  /** Fields that others changed meanwhile are merged; the same field is a `CONFLICT`. */
  async change(command: ChangeProduct, by: string): Promise<Stored> {
    const { id, after, product } = command;
    const fields = Object.fromEntries(
      Object.entries(command.fields).filter(([, value]: [string, unknown]) => value !== undefined),
    );
    const intent = { type: 'product-changed', product, fields } as const;
    const record = await this.journal.commit<ProductChanged>({ id, by, after, intent }, () => {
      refuseConflicts(this.get(product), command);
      return intent;
    });
    return stored(record);
  }

  async remove({ id, after, product, base }: RemoveProduct, by: string): Promise<Stored> {
    const intent = { type: 'product-removed', product } as const;
    const record = await this.journal.commit<ProductRemoved>({ id, by, after, intent }, () => {
      const held = this.get(product);
      if (base !== undefined) refuseChangedSince(held, base);
      return intent;
    });
    return stored(record);
  }

  /** Pieces that come or go: what others count at the same time adds up, and never goes below zero. */
  async move({ id, after, product, delta, note }: MoveStock, by: string): Promise<Data<'stock:move'>> {
    const intent = { type: 'stock-moved', product, delta, note } as const;
    const record = await this.journal.commit<StockMoved>({ id, by, after, intent }, () => {
      const held = this.get(product);
      refuseStockOutside(LIMITS.stock, held, delta);
      return { ...intent, stock: held.product.stock + delta };
    });
    return { ...stored(record), stock: record.stock };
  }

  private get(product: number): Held {
    const held = this.catalogue.get(product);
    if (!held) throw new Refusal('NOT_FOUND', 'There is no such product.');
    return held;
  }
}

function stored({ n, at }: Stored): Stored {
  return { n, at };
}
