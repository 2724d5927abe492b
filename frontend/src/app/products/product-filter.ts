import type { Product } from 'backend/contract';
import { plain } from '../ui/plain';

/** What narrows the board besides the search. */
export interface Chips {
  readonly category?: string | undefined;
  /** Only what has no more pieces than its threshold. */
  readonly low?: boolean;
  /** Only what has no picture. */
  readonly plain?: boolean;
}

export function isNarrowed({ category, low, plain }: Chips): boolean {
  return category !== undefined || !!low || !!plain;
}

/** The products that pass. */
export function chipped<P extends Product>(products: readonly P[], chips: Chips): readonly P[] {
  if (!isNarrowed(chips)) return products;
  const { category, low, plain: withoutPicture } = chips;
  return products.filter(
    (product) =>
      (category === undefined || product.category === category) &&
      (!low || product.stock <= (product.lowStock ?? -1)) &&
      (!withoutPicture || product.thumbnail === ''),
  );
}

/** The categories that products have, in alphabetical order. */
export function categoriesOf(products: readonly Product[]): readonly string[] {
  return [...new Set(products.map(({ category }) => category))].filter(Boolean).sort((a, b) => a.localeCompare(b));
}

/** The products whose title, code or category has every word of the filter, whatever its case and accents. */
export function filtered<P extends Product>(products: readonly P[], filter: string): readonly P[] {
  const words = plain(filter).split(/\s+/).filter(Boolean);
  if (words.length === 0) return products;
  return products.filter((product) => {
    const text = searched(product);
    return words.every((word) => text.includes(word));
  });
}

/** By product as it is: taking the accents off ten thousand titles is too much for each key. */
const texts = new WeakMap<Product, string>();

function searched(product: Product): string {
  const { title, code, category } = product;
  const known = texts.get(product) ?? plain(`${title} ${code} ${category}`);
  texts.set(product, known);
  return known;
}
