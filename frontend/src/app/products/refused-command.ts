import type { CommandName, MoveStock, Product } from 'backend/contract';
import { reasonOf, type Command, type PendingCommand } from '../realtime/command';
import { formatAmount } from '../ui/amount';
import { isOtherHistory } from '../ui/refusal';
import { conflictsOf } from './product-edit';

/** A command in words: the sentence belongs to its name, the rest is inserted into it. */
export interface Wording {
  readonly name: CommandName;
  readonly title: string;
  /** What was typed, so that no text is lost with a refusal. */
  readonly details: string;
}

export function wordingOf({ name, payload }: Command, products: readonly Product[], language: string): Wording {
  const title = 'product' in payload ? titleOf(payload.product, products) : 'title' in payload ? payload.title : '';
  if (name === 'stock:move') return { name, title, details: moved(payload) };
  const typed = 'fields' in payload ? payload.fields : name === 'product:add' ? payload : {};
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
  const conflict = conflictsOf(refused).length > 0 || (isOtherHistory(refused) && name === 'product:change');
  return conflict && products.some(({ id }) => id === payload.product);
}

/** A command for a removed thing cannot succeed, and one that refers to another history would change something else. */
export function isRetriable(pending: PendingCommand): boolean {
  const refused = reasonOf(pending);
  return refused !== undefined && refused.code !== 'NOT_FOUND' && !isOtherHistory(refused);
}

function moved({ delta, note = '' }: MoveStock): string {
  return `${delta > 0 ? '+' : '−'}${Math.abs(delta)} ${note}`.trim();
}

function titleOf(id: number, products: readonly Product[]): string {
  return products.find((product) => product.id === id)?.title ?? `#${id}`;
}

function valuesOf(fields: object, language: string): string {
  return Object.entries(fields)
    .filter(([name, value]: [string, unknown]) => name !== 'id' && value !== '' && value !== undefined)
    .map(([, value]: [string, unknown]) => (typeof value === 'number' ? formatAmount(value, language) : String(value)))
    .join(' · ');
}
