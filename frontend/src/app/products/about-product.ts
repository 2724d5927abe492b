import type { Product } from 'backend/contract';

/** What every command about a product says of it: which one, and which version of it the sender had. */
export function aboutProduct({ id: product, n, command }: Pick<Product, 'id' | 'n' | 'command'>, id: string) {
  return { id, product, refers: { n, command } };
}
