import type { Product } from 'backend/contract';
import { differencesOf, type Difference, type Writing } from './differences';

/** A product as it was, and what is different today. */
export interface RowThen {
  readonly product: Product;
  /** Null when it is gone today. */
  readonly differences: readonly Difference[] | null;
}

/** The products of then beside those of today, by title. */
export function rowsThen(
  products: readonly Product[],
  now: ReadonlyMap<number, Product>,
  writing: Writing,
): readonly RowThen[] {
  const { compare } = new Intl.Collator(writing.language, { numeric: true, sensitivity: 'base' });
  return [...products]
    .sort((a, b) => compare(a.title, b.title) || a.id - b.id)
    .map((product) => {
      const today = now.get(product.id);
      return { product, differences: today ? differencesOf(product, today, writing) : null };
    });
}

/** The differences as a line of text. @param name of a field */
export function rowText({ differences }: RowThen, gone: string, name: (field: string) => string): string {
  if (!differences) return gone;
  return differences.map(({ field, now }) => (now === undefined ? name(field) : `${name(field)} → ${now}`)).join(' · ');
}
