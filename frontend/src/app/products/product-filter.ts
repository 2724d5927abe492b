import type { Product } from 'backend/contract';

/** The products whose title, code or category has every word of the filter, whatever its case and accents. */
export function filtered(products: readonly Product[], filter: string): readonly Product[] {
  const words = plain(filter).split(/\s+/).filter(Boolean);
  if (words.length === 0) return products;
  return products.filter(({ title, code, category }) => {
    const text = plain(`${title} ${code} ${category}`);
    return words.every((word) => text.includes(word));
  });
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase();
}
