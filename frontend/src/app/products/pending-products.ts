import { reduceProduct, type Product, type ProductRecord } from 'backend/contract';
import type { PendingCommand } from '../realtime/command';

/** A product as the page shows it: as it is confirmed, with what this member gave and what is not confirmed yet on top. */
export interface ShownProduct extends Product {
  /** What waits for the server; a product that is not there yet has an id below zero. */
  readonly waiting?: 'added' | 'changed' | 'removed';
}

/**
 * The catalogue with the pending commands applied in their order, by the reducer that will confirm them. What is refused is
 * not applied, and neither is what the snapshot may contain already.
 */
export function withPending(
  confirmed: ReadonlyMap<number, Product>,
  pending: readonly PendingCommand[],
): ReadonlyMap<number, ShownProduct> {
  const shown = new Map<number, ShownProduct>(confirmed);
  for (const command of pending) {
    if (command.refused || command.doubtful) continue;
    const next = after(shown, command);
    if (next) shown.set(next.id, next);
  }
  return shown;
}

function after(shown: ReadonlyMap<number, ShownProduct>, pending: PendingCommand): ShownProduct | undefined {
  const { name, payload } = pending.command;
  if (name === 'product:add') return added(pending, payload);
  if (!name.startsWith('product:') && name !== 'stock:move') return undefined;
  const held = 'product' in payload ? shown.get(payload.product) : undefined;
  if (!held) return undefined;
  if (name === 'product:remove') return { ...held, waiting: 'removed' };
  // The number, the author and the time stay those of the confirmed version: it is what the next edit is based on.
  const head = { n: held.n, at: held.at, by: held.by, id: pending.id, product: held.id };
  const record: ProductRecord | undefined =
    name === 'product:change'
      ? { ...head, type: 'product-changed', fields: payload.fields }
      : name === 'stock:move'
        ? { ...head, type: 'stock-moved', delta: payload.delta, stock: Math.max(0, held.stock + payload.delta) }
        : undefined;
  const product = record && reduceProduct(held, record);
  return product && { ...product, waiting: 'changed' };
}

type Added = Extract<PendingCommand['command'], { name: 'product:add' }>['payload'];

function added({ id, by, at, order }: PendingCommand, payload: Added): ShownProduct | undefined {
  const { title, price, thumbnail = '', description = '', code = '', category = '', stock = 0 } = payload;
  const fields = { title, price, thumbnail, description, code, category };
  const product = reduceProduct(undefined, { n: -order, at, by, id, type: 'product-added', fields, stock });
  return product && { ...product, waiting: 'added' };
}
