import {
  foldCode,
  isProductRecord,
  planMoves,
  productAdded,
  reduceProduct,
  stockLines,
  type Product,
} from 'backend/contract';
import { intendedRecord, type IntendedRecord, type PendingCommand } from '../realtime/command';

/** A product as the page shows it: as it is confirmed, with this member's commands that are not confirmed yet on top. */
export interface ShownProduct extends Product {
  /** What waits for the server; a product that is not there yet has an id below zero. */
  readonly waiting?: 'added' | 'changed' | 'removed';
}

/** Whether it is not there yet, or soon no more: nothing can be done to it. */
export function isAbsent({ id, waiting }: ShownProduct): boolean {
  return id < 0 || waiting === 'removed';
}

/**
 * The catalogue with the pending commands applied in their order, by the reducer that will confirm them. What is refused is
 * not applied, and neither is what the snapshot may contain.
 */
export function withPending(
  confirmed: ReadonlyMap<number, Product>,
  pending: readonly PendingCommand[],
): ReadonlyMap<number, ShownProduct> {
  const shown = new Map<number, ShownProduct>(confirmed);
  for (const command of pending) {
    if (command.status.kind === 'refused' || command.status.kind === 'doubtful') continue;
    for (const next of after(shown, command)) shown.set(next.id, next);
  }
  return shown;
}

type IntendedProductRecord = Exclude<IntendedRecord, { readonly type: `message-${string}` | `member-${string}` }>;

function after(shown: ReadonlyMap<number, ShownProduct>, command: PendingCommand): readonly ShownProduct[] {
  const record = intendedRecord(command);
  if (record?.type === 'message-posted') return movedBy(shown, record.text);
  return record && isProductRecord(record) ? [changedBy(shown, record, command) ?? []].flat() : [];
}

/** Nothing where the server will refuse it. */
function movedBy(shown: ReadonlyMap<number, ShownProduct>, text: string): readonly ShownProduct[] {
  const lines = stockLines(text);
  if (lines.length === 0) return [];
  const plan = planMoves(lines, (code) => [...shown.values()].find((held) => foldCode(held.code) === code));
  if ('unknown' in plan || plan.moves.some(({ stock }) => stock < 0)) return [];
  return plan.moves.flatMap(({ product, stock }) => {
    const held = shown.get(product);
    return held ? [{ ...held, stock, waiting: 'changed' as const }] : [];
  });
}

function changedBy(
  shown: ReadonlyMap<number, ShownProduct>,
  record: IntendedProductRecord,
  command: PendingCommand,
): ShownProduct | undefined {
  if (record.type === 'product-added') return { ...productAdded({ ...record, n: -command.order }), waiting: 'added' };
  const held = shown.get(record.product);
  if (!held || record.type === 'product-removed') return held && { ...held, waiting: 'removed' };
  // Its removal waits, too; what is not there comes back with the answer.
  if (record.type === 'product-restored') return { ...held, waiting: 'changed' };
  // Number, command, author and time stay those of the confirmed version: it is what the next edit is based on and refers to.
  const { n, command: id, at, by } = held;
  const version = { n, id, at, by };
  const product = reduceProduct(
    held,
    record.type === 'stock-moved'
      ? { ...record, ...version, stock: Math.max(0, held.stock + record.delta) }
      : { ...record, ...version },
  );
  return product && { ...product, waiting: 'changed' };
}
