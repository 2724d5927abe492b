import {
  type JournalRecord,
  isProductRecord,
  type Product,
  type ProductFields,
  productOf,
  type ProductRecord,
  reduceProduct,
} from '../contract/index.js';
import type { Checkpointed, Projection, Replayed } from '../journal/index.js';

/** Who last set something, and in which record. */
export interface Touch {
  readonly n: number;
  readonly by: string;
  readonly at: string;
}

/** What can be set on its own, and so be the matter of a conflict. */
export type Settable = keyof ProductFields | 'stock';

/** A product, and who last set each of its fields: what a field edit is judged by. */
export interface Held {
  readonly product: Product;
  readonly touches: Readonly<Partial<Record<Settable, Touch>>>;
  /** The record that added it: who set every field that nobody has changed. */
  readonly added: Touch;
}

/** The catalogue: what is durable, and on top of it what the open batch has decided. */
export class Catalogue implements Projection {
  private durable = new Map<number, Held>();
  private readonly staged = new Map<number, Held | undefined>();

  readonly checkpoint: Checkpointed = {
    shape: 'catalogue 3',
    save: () => this.durable,
    load: (state) => (this.durable = state as Map<number, Held>),
  };

  /** The product as a decision must see it. */
  get(id: number): Held | undefined {
    return this.staged.has(id) ? this.staged.get(id) : this.durable.get(id);
  }

  /** The durable products, in the order in which they were added. */
  list(): Product[] {
    return Array.from(this.durable.values(), ({ product }) => product);
  }

  replay(record: Replayed): void {
    if (isProductRecord(record)) this.apply(record);
  }

  apply(record: JournalRecord): void {
    if (!isProductRecord(record)) return;
    const id = productOf(record);
    const held = after(this.durable.get(id), record);
    if (held) this.durable.set(id, held);
    else this.durable.delete(id);
  }

  stage(record: JournalRecord): void {
    if (isProductRecord(record)) this.staged.set(productOf(record), after(this.get(productOf(record)), record));
  }

  unstage(): void {
    this.staged.clear();
  }
}

function after(held: Held | undefined, record: ProductRecord): Held | undefined {
  const product = reduceProduct(held?.product, record);
  if (!product) return undefined;
  const touch: Touch = { n: record.n, by: record.by, at: record.at };
  const touches = { ...held?.touches, ...Object.fromEntries(setBy(record).map((name) => [name, touch])) };
  return { product, touches, added: held?.added ?? touch };
}

function setBy(record: ProductRecord): string[] {
  if (record.type === 'product-changed') return Object.keys(record.fields);
  return record.type === 'stock-moved' ? ['stock'] : [];
}
