import type { ProductAdded, ProductFields, ProductRecord } from './records.js';

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
  }
}

/** The number of the product that a record is about. */
export function productOf(record: ProductRecord): number {
  return record.type === 'product-added' ? record.n : record.product;
}

/** The catalogue after a batch of records, in a new map; the same map when none of them touches a product. */
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
  return next;
}

/** A product as the record that adds it makes it. */
export function productAdded(record: ProductAdded): Product {
  return { ...record.fields, id: record.n, stock: record.stock, ...stamp(record) };
}

function stamp({ n, by, at, id }: ProductRecord) {
  return { n, by, at, command: id };
}
