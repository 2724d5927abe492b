import { type ChangeProduct, type ConflictingField, foldCode, LIMITS, type ProductFields } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import type { CodeIndex } from './code-index.js';
import type { ProductState, Settable, Touch } from './product-state.js';

/** What a member had seen of a product when giving a command about it. */
interface Seen extends Pick<ChangeProduct, 'base' | 'baseCommands'> {
  /** The member's e-mail. */
  readonly by: string;
}

/** Throws `CONFLICT` when one of these fields was set to another value, unseen. */
export function refuseConflicts(
  { product, touches }: ProductState,
  { fields }: Pick<ChangeProduct, 'fields'>,
  seen: Seen,
): void {
  const names = Object.keys(fields) as (keyof ProductFields)[];
  const conflicts = names.flatMap((field): ConflictingField[] => {
    const touch = touches[field];
    const [yours, theirs] = [fields[field], product[field] ?? 0];
    if (!touch || hasSeen(touch, seen) || yours === undefined || yours === theirs) return [];
    return [{ field, yours, theirs, by: touch.by, at: touch.at }];
  });
  if (conflicts.length > 0) throw new Refusal('CONFLICT', 'Somebody changed the same field meanwhile.', conflicts);
}

/** Throws `CONFLICT` when the product was changed, unseen. Being removed and restored is no change. */
export function refuseChangedSince({ product, touches, added }: ProductState, seen: Seen): void {
  if (product.n <= seen.base) return;
  const changed = Object.entries(touches).filter(([, touch]) => !hasSeen(touch, seen));
  if (changed.length === 0 && hasSeen(added, seen)) return;
  const conflicts = changed.map(([name, { by, at }]): ConflictingField => {
    const field = name as Settable;
    return { field, yours: null, theirs: product[field] ?? 0, by, at };
  });
  throw new Refusal('CONFLICT', 'Somebody changed the product meanwhile.', conflicts);
}

function hasSeen({ n, command, by }: Touch, { base, baseCommands = [], by: member }: Seen): boolean {
  return n <= base || (by === member && baseCommands.includes(command));
}

/**
 * Throws `CONFLICT` when fewer pieces are there than would go, or more would be than can be counted.
 * @param before pieces there are: earlier lines of the same message may have moved some
 */
export function refuseStockOutside(
  { product, touches, added }: ProductState,
  delta: number,
  before = product.stock,
): void {
  const stock = before + delta;
  if (stock >= 0 && stock <= LIMITS.stock) return;
  const { by, at } = touches.stock ?? added;
  throw new Refusal('CONFLICT', stock < 0 ? 'There are not that many.' : 'That would be too many.', [
    { field: 'stock', yours: delta, theirs: before, by, at, product: product.id },
  ]);
}

/** Throws `CONFLICT` when another product has that code. One that shared it before may keep it, however it is written. */
export function refuseTakenCode(codes: CodeIndex, code: string | undefined, state?: ProductState): void {
  const folded = foldCode(code ?? '');
  if (folded === '' || (state && !state.removed && foldCode(state.product.code) === folded)) return;
  if (codes.holders(folded).every((id) => id === state?.product.id)) return;
  throw new Refusal('CONFLICT', 'Another product has that code.', [{ field: 'code', rule: 'isUnique' }]);
}
