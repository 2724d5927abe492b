import type { AddProduct, CommandName, MoveStock, Product } from 'backend/contract';
import { reasonOf, type Command, type PendingCommand } from '../realtime/command';
import { formatAmount, formatCount } from '../ui/amount';
import { isOtherHistory, isTakenCode } from '../ui/refusal';
import { conflictsOf } from './product-edit';

/** A command in words: the sentence belongs to its name, the rest is inserted into it. */
export interface Wording {
  readonly name: CommandName;
  readonly title: string;
  /** What was typed, so that no text is lost with a refusal. */
  readonly details: string;
}

export function wordingOf({ name, payload }: Command, products: readonly Product[], language: string): Wording {
  if (name === 'member:access') return { name, title: payload.member, details: '' };
  if (name === 'member:profile') return { name, title: '', details: payload.name };
  const title = 'product' in payload ? titleOf(payload.product, products) : 'title' in payload ? payload.title : '';
  if (name === 'stock:move') return { name, title, details: moved(payload) };
  const typed =
    'fields' in payload
      ? payload.fields
      : name === 'product:add'
        ? typedOf(payload)
        : 'text' in payload
          ? { text: payload.text }
          : {};
  return { name, title, details: valuesOf(typed, language) };
}

/**
 * Whether a person must see product and command side by side before it is sent again, as the others changed the same, or the
 * server's history is another one. Only while there is such a product.
 */
export function isReviewable(pending: PendingCommand, products: readonly Product[]): boolean {
  const refused = reasonOf(pending);
  const { name, payload } = pending.command;
  if (!refused || (name !== 'product:change' && name !== 'product:remove')) return false;
  const conflict =
    conflictsOf(refused).length > 0 || ((isOtherHistory(refused) || isTakenCode(refused)) && name === 'product:change');
  return conflict && products.some(({ id }) => id === payload.product);
}

/** A command for a removed thing cannot succeed, and one that refers to another history would change something else. */
export function isRetriable(pending: PendingCommand): boolean {
  const refused = reasonOf(pending);
  return refused !== undefined && refused.code !== 'NOT_FOUND' && !isOtherHistory(refused);
}

/** Pieces that were to go and are not there, and the product as it is now. */
export interface RefusedMove {
  readonly product: Product;
  readonly note: string | undefined;
}

export function refusedMove(pending: PendingCommand, products: readonly Product[]): RefusedMove | undefined {
  const refused = reasonOf(pending);
  const { name, payload } = pending.command;
  if (name !== 'stock:move' || payload.delta > 0) return undefined;
  if (refused?.code !== 'CONFLICT' || isOtherHistory(refused)) return undefined;
  const product = products.find(({ id }) => id === payload.product);
  return product && { product, note: payload.note };
}

function moved({ delta, note = '' }: MoveStock): string {
  return `${delta > 0 ? '+' : '−'}${Math.abs(delta)} ${note}`.trim();
}

function titleOf(id: number, products: readonly Product[]): string {
  return products.find((product) => product.id === id)?.title ?? `#${id}`;
}

/** Without its title, which is said besides, and the numbers that nobody has typed. */
function typedOf({ title: _title, stock = 0, lowStock = 0, ...rest }: AddProduct): object {
  return { ...rest, ...(stock > 0 && { stock }), ...(lowStock > 0 && { lowStock }) };
}

function valuesOf(fields: object, language: string): string {
  return Object.entries(fields)
    .filter(([name, value]: [string, unknown]) => name !== 'id' && value !== '' && value !== undefined)
    .map(([name, value]: [string, unknown]) => {
      if (typeof value !== 'number') return String(value);
      return name === 'price' ? formatAmount(value, language) : formatCount(value, language);
    })
    .join(' · ');
}
