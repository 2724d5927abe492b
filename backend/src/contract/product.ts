import type { ProductAdded, ProductFields, ProductRecord, ProductRestored } from './records.js';

/** A product as it is now. */
export interface Product extends ProductFields {
  /** The number of the record that added it: never used for another product. */
  readonly id: number;
  /** The number of its latest change: the `base` of an edit. */
  readonly n: number;
  /** The id of the command of that change: with `n` what a command about the product refers to. */
  readonly command: string;
  /** Pieces, never below zero. */
  readonly stock: number;
  /** Who changed it last, and when (ISO instant). */
  readonly by: string;
  readonly at: string;
}

/**
 * One product after one record about it; undefined when that record removed it, or when it was gone before.
 * Pure: server and page use it, so they cannot disagree.
 */
export function reduceProduct(product: Product | undefined, record: ProductRecord): Product | undefined {
  switch (record.type) {
    case 'product-added':
      return productAdded(record);
    case 'product-changed':
      return product && { ...product, ...record.fields, ...stamp(record) };
    case 'stock-moved':
      return product && { ...product, stock: record.stock, ...stamp(record) };
    case 'product-removed':
      return undefined;
    case 'product-restored':
      return productRestored(record);
  }
}

/** The number of the product that a record is about. */
export function productOf(record: ProductRecord): number {
  return record.type === 'product-added' ? record.n : record.product;
}

/**
 * The catalogue after a batch of records, in a new map; the same map when none of them touches a product. Products stand in
 * the order in which they were added, those that were restored, too.
 */
export function reduceProducts(
  products: ReadonlyMap<number, Product>,
  records: readonly ProductRecord[],
): ReadonlyMap<number, Product> {
  if (records.length === 0) return products;
  const next = new Map(products);
  for (const record of records) {
    const id = productOf(record);
    const product = reduceProduct(next.get(id), record);
    if (product) next.set(id, product);
    else next.delete(id);
  }
  return records.some(({ type }) => type === 'product-restored') ? inOrder(next) : next;
}

/** The same products in the order in which they were added: one that was restored is the last of the map at first. */
export function inOrder<State>(products: ReadonlyMap<number, State>): Map<number, State> {
  return new Map([...products].sort(([a], [b]) => a - b));
}

/** A product as the record that adds it makes it. */
export function productAdded(record: ProductAdded): Product {
  return { ...record.fields, id: record.n, stock: record.stock, ...stamp(record) };
}

/** A product as the record that restores it makes it. */
export function productRestored(record: ProductRestored): Product {
  return { ...record.fields, id: record.product, stock: record.stock, ...stamp(record) };
}

function stamp({ n, by, at, id }: ProductRecord) {
  return { n, by, at, command: id };
}
