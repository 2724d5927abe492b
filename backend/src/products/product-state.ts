import { type Product, type ProductFields, type ProductRecord, reduceProduct } from '../contract/index.js';

/** Who last set something, in which record, and by which command. */
export interface Touch {
  readonly n: number;
  readonly command: string;
  readonly by: string;
  readonly at: string;
}

/** What can be set on its own, and so be the matter of a conflict. */
export type Settable = keyof ProductFields | 'stock';

/** A product, and who last set each of its fields: what a field edit is judged by. */
export interface ProductState {
  /** As it is now; of one that was removed, as it was then. */
  readonly product: Product;
  readonly touches: Readonly<Partial<Record<Settable, Touch>>>;
  /** The record that added it: who set every field that nobody has changed. */
  readonly added: Touch;
  /** Whether it was removed, and can come back. */
  readonly removed: boolean;
}

/** What of a product its fields are. */
export function fieldsOf({ id: _id, n: _n, command: _command, stock: _stock, by: _by, at: _at, ...fields }: Product) {
  return fields satisfies ProductFields;
}

/** A product after a record about it; undefined where there is no such product. */
export function stateAfter(state: ProductState | undefined, record: ProductRecord): ProductState | undefined {
  const touch: Touch = { n: record.n, command: record.id, by: record.by, at: record.at };
  if (record.type === 'product-removed') return state && { ...state, removed: true };
  const product = reduceProduct(state?.removed ? undefined : state?.product, record);
  if (!product) return state;
  const touches = { ...state?.touches, ...Object.fromEntries(setBy(record).map((name) => [name, touch])) };
  return { product, touches, added: state?.added ?? touch, removed: false };
}

function setBy(record: ProductRecord): string[] {
  if (record.type === 'product-changed') return Object.keys(record.fields);
  return record.type === 'stock-moved' ? ['stock'] : [];
}
