import type { ChangeProduct, ConflictingField, ProductFields } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import type { ProductState, Settable } from './catalogue.js';

/** Throws `CONFLICT` when somebody else set one of these fields to another value since `base`. */
export function refuseConflicts({ product, touches }: ProductState, { base, fields }: ChangeProduct): void {
  const names = Object.keys(fields) as (keyof ProductFields)[];
  const conflicts = names.flatMap((field): ConflictingField[] => {
    const touch = touches[field];
    const [yours, theirs] = [fields[field], product[field] ?? 0];
    if (!touch || touch.n <= base || yours === undefined || yours === theirs) return [];
    return [{ field, yours, theirs, by: touch.by, at: touch.at }];
  });
  if (conflicts.length > 0) throw new Refusal('CONFLICT', 'Somebody changed the same field meanwhile.', conflicts);
}

/** Throws `CONFLICT` when the product, as somebody saw it at `base`, has changed since. Being removed and restored is no change. */
export function refuseChangedSince({ product, touches, added }: ProductState, base: number): void {
  if (product.n <= base) return;
  const changed = Object.entries(touches).filter(([, touch]) => touch.n > base);
  if (changed.length === 0 && added.n <= base) return;
  const conflicts = changed.map(([name, { by, at }]): ConflictingField => {
    const field = name as Settable;
    return { field, yours: null, theirs: product[field] ?? 0, by, at };
  });
  throw new Refusal('CONFLICT', 'Somebody changed the product meanwhile.', conflicts);
}

/** Throws `CONFLICT` when fewer pieces are there than would go, or more would be than can be counted. */
export function refuseStockOutside(limit: number, { product, touches, added }: ProductState, delta: number): void {
  const stock = product.stock + delta;
  if (stock >= 0 && stock <= limit) return;
  const { by, at } = touches.stock ?? added;
  throw new Refusal('CONFLICT', stock < 0 ? 'There are not that many.' : 'That would be too many.', [
    { field: 'stock', yours: delta, theirs: product.stock, by, at },
  ]);
}
