import type { Product } from 'backend/contract';

/**
 * The selection after a press on the box of a product: it, or all from the one pressed before up to it, become selected when
 * it was not, and otherwise no longer are.
 */
export function toggled(
  selected: ReadonlySet<number>,
  products: readonly Product[],
  id: number,
  from: number | undefined,
): ReadonlySet<number> {
  const next = new Set(selected);
  const on = !selected.has(id);
  for (const each of from === undefined ? [id] : between(products, from, id)) {
    if (on) next.add(each);
    else next.delete(each);
  }
  return next;
}

function between(products: readonly Product[], a: number, b: number): readonly number[] {
  const ids = products.map(({ id }) => id);
  const [first, last] = [ids.indexOf(a), ids.indexOf(b)];
  return first < 0 ? [b] : ids.slice(Math.min(first, last), Math.max(first, last) + 1);
}
