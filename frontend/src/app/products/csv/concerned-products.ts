import { foldCode, type Product } from 'backend/contract';
import type { ColumnNames } from './csv-columns';
import type { Sheet } from './sheet';

/** Whether what a file will do can depend on a product: the file has its code, or it has none and the file has its title. */
export function concernOf(sheet: Sheet, names: ColumnNames): (product: Product) => boolean {
  const columns = sheet.header.map(names);
  const texts = (wanted: 'code' | 'title'): string[] =>
    sheet.rows.flatMap(({ cells }) => cells.filter((_cell, place) => columns[place] === wanted));
  const codes = new Set(texts('code').map(foldCode));
  const titles = new Set(texts('title').map((title) => title.trim()));
  return ({ code, title }) => {
    const folded = foldCode(code);
    return folded === '' ? titles.has(title.trim()) : codes.has(folded);
  };
}

/** Whether two lists have the very same products in the same order. */
export function areSame<Item>(these: readonly Item[], others: readonly Item[]): boolean {
  return these.length === others.length && these.every((item, place) => item === others[place]);
}
