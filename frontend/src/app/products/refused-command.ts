import type { Product } from 'backend/contract';
import type { Command, PendingCommand } from '../realtime/command';
import { formatAmount } from '../ui/amount';
import { conflictsOf } from './product-edit';

/** A command in words: the kind names the sentence, the rest stands in it. */
export interface Told {
  readonly kind: 'add' | 'change' | 'remove' | 'move' | 'other';
  readonly title: string;
  /** What was typed, so that no text is lost with a refusal. */
  readonly details: string;
}

export function toldOf({ name, payload }: Command, products: readonly Product[], language: string): Told {
  const title = 'product' in payload ? titleOf(payload.product, products) : '';
  if (name === 'product:add') return { kind: 'add', title: payload.title, details: valuesOf(payload, language) };
  if (name === 'product:change') return { kind: 'change', title, details: valuesOf(payload.fields, language) };
  if (name === 'product:remove') return { kind: 'remove', title, details: '' };
  if (name !== 'stock:move') return { kind: 'other', title, details: '' };
  const { delta, note = '' } = payload;
  return { kind: 'move', title, details: `${delta > 0 ? '+' : '−'}${Math.abs(delta)} ${note}`.trim() };
}

/** Whether the product is still there, and changed in a way that a person must see before trying again. */
export function isReviewable({ command, refused }: PendingCommand, products: readonly Product[]): boolean {
  if (refused?.code !== 'CONFLICT' || conflictsOf(refused).length === 0) return false;
  const { name, payload } = command;
  if (name !== 'product:change' && name !== 'product:remove') return false;
  return products.some(({ id }) => id === payload.product);
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
