import { LIMITS } from 'backend/contract';
import { parseAmount } from '../../ui/amount';

/** Why pieces come or go, offered in this order of likelihood. The texts are in the translation files. */
export const REASONS = ['sale', 'arrival', 'breakage', 'count'] as const;
export type Reason = (typeof REASONS)[number];

/** What somebody typed into a stock cell: how many pieces come (positive) or go (negative). */
export interface StockText {
  readonly delta: number;
  /** The likeliest reason. */
  readonly reason: Reason;
}

/**
 * Reads `-5` and `+5` as pieces that go and come, `=40` and `40` as what was counted: the difference to what is there travels.
 * A string is the kind of error, as the texts of forms name it.
 */
export function parseStock(
  text: string,
  stock: number,
  language: string,
): StockText | 'whole' | 'negative' | 'max' | 'short' {
  const typed = text.trim().replace('−', '-');
  const [, sign = '', rest = ''] = /^([-+=]?)(.*)$/.exec(typed) ?? [];
  const pieces = parseAmount(rest, language);
  if (pieces === null || !Number.isInteger(pieces)) return 'whole';
  if (pieces < 0) return 'negative';
  const after = sign === '-' ? stock - pieces : sign === '+' ? stock + pieces : pieces;
  if (after < 0) return 'short';
  if (after > LIMITS.stock) return 'max';
  const reason = sign === '-' ? 'sale' : sign === '+' ? 'arrival' : 'count';
  return { delta: after - stock, reason };
}
