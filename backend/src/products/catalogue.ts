import {
  type JournalRecord,
  isProductRecord,
  type Product,
  type ProductFields,
  productOf,
  type ProductRecord,
  reduceProduct,
} from '../contract/index.js';
import type { Checkpointed, StoredRecord, View } from '../journal/index.js';

/** Who last set something, and in which record. */
export interface Touch {
  readonly n: number;
  readonly by: string;
  readonly at: string;
}

/** What can be set on its own, and so be the matter of a conflict. */
export type Settable = keyof ProductFields | 'stock';

/** A product, and who last set each of its fields: what a field edit is judged by. */
export interface ProductState {
  readonly product: Product;
  readonly touches: Readonly<Partial<Record<Settable, Touch>>>;
  /** The record that added it: who set every field that nobody has changed. */
  readonly added: Touch;
}

/** The catalogue: what is durable, and on top of it what the open batch has decided. */
export class Catalogue implements View {
  private durable = new Map<number, ProductState>();
  /** The ids of what is durable, ascending; made when they are asked for after something was added or removed. */
  private ids: readonly number[] | undefined;
  private readonly staged = new Map<number, ProductState | undefined>();

  readonly checkpoint: Checkpointed = {
    shape: 'catalogue 3',
    save: () => this.durable,
    load: (state) => (this.durable = state as Map<number, ProductState>),
  };

  /** How many durable products there are. */
  get size(): number {
    return this.durable.size;
  }

  /** The product as a decision must see it. */
  get(id: number): ProductState | undefined {
    return this.staged.has(id) ? this.staged.get(id) : this.durable.get(id);
  }

  /** The durable products, in the order in which they were added. */
  list(): Product[] {
    return Array.from(this.durable.values(), ({ product }) => product);
  }

  /** The durable products with ids above that one, by id; so many at most. */
  *after(id: number, limit: number): Generator<Product> {
    this.ids ??= [...this.durable.keys()].sort((a, b) => a - b);
    const first = firstAbove(this.ids, id);
    for (let place = first; place < Math.min(this.ids.length, first + limit); place++) {
      const state = this.durable.get(this.ids[place] ?? 0);
      if (state) yield state.product;
    }
  }

  replay(stored: StoredRecord): void {
    if (isProductRecord(stored)) this.apply(stored.read());
  }

  apply(record: JournalRecord): void {
    if (!isProductRecord(record)) return;
    const id = productOf(record);
    const before = this.durable.get(id);
    const state = after(before, record);
    if (state) this.durable.set(id, state);
    else this.durable.delete(id);
    if (!before || !state) this.ids = undefined;
  }

  stage(record: JournalRecord): void {
    if (isProductRecord(record)) this.staged.set(productOf(record), after(this.get(productOf(record)), record));
  }

  unstage(): void {
    this.staged.clear();
  }
}

function after(state: ProductState | undefined, record: ProductRecord): ProductState | undefined {
  const product = reduceProduct(state?.product, record);
  if (!product) return undefined;
  const touch: Touch = { n: record.n, by: record.by, at: record.at };
  const touches = { ...state?.touches, ...Object.fromEntries(setBy(record).map((name) => [name, touch])) };
  return { product, touches, added: state?.added ?? touch };
}

/** The place of the first number above that one in a list that ascends. */
function firstAbove(numbers: readonly number[], number: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? Infinity) <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}

function setBy(record: ProductRecord): string[] {
  if (record.type === 'product-changed') return Object.keys(record.fields);
  return record.type === 'stock-moved' ? ['stock'] : [];
}
