import type { Product } from 'backend/contract';
import { formatCount, formatPrice } from '../../ui/amount';

/** In characters: what is longer is cut off with an ellipsis. */
const MOST = { code: 14, category: 20 } as const;
/** The heads of the columns want as much. */
const LEAST = { price: 7, code: 7, category: 10, stock: 3 } as const;

/** How wide the columns are whose width follows their content, as custom properties. */
export function columnWidths(products: readonly Product[], language: string, currency: string): Record<string, string> {
  let [price, stock, code, category] = [0, 0, 0, 0];
  for (const product of products) {
    price = Math.max(price, product.price);
    stock = Math.max(stock, product.stock);
    code = Math.max(code, product.code.length);
    category = Math.max(category, product.category.length);
  }
  const ch = (length: number, least: number, most = Infinity) => Math.min(most, Math.max(least, length)) + 1;
  const pieces = ch(formatCount(stock, language).length, LEAST.stock);
  return {
    '--price-width': `${ch(formatPrice(price, language, currency).length, LEAST.price)}ch`,
    '--code-width': `${ch(code, LEAST.code, MOST.code)}ch`,
    '--category-width': `${ch(category, LEAST.category, MOST.category)}ch`,
    '--stock-width': `calc(${pieces}ch + 2 * var(--step-width) + 2 * var(--space-1))`,
  };
}
