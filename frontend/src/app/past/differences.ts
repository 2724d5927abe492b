import type { Product } from 'backend/contract';
import { formatCount, formatPrice } from '../ui/amount';

/** A field that differs, as people read it: its name in the translation files, and both values where they are short. */
export interface Difference {
  readonly field: string;
  readonly then?: string;
  readonly now?: string;
}

/** How numbers are written. */
export interface Writing {
  readonly language: string;
  /** ISO 4217; empty for none. */
  readonly currency: string;
}

const SHORT = ['title', 'code', 'category'] as const;
const LONG = ['description', 'thumbnail'] as const;

/** What differs between two versions of a product: what counts first. */
export function differencesOf(then: Product, now: Product, { language, currency }: Writing): readonly Difference[] {
  const found: Difference[] = [];
  const price = (amount: number): string => formatPrice(amount, language, currency);
  const count = (pieces: number): string => formatCount(pieces, language);
  if (then.price !== now.price) found.push({ field: 'price', then: price(then.price), now: price(now.price) });
  if (then.stock !== now.stock) found.push({ field: 'stock', then: count(then.stock), now: count(now.stock) });
  for (const field of SHORT)
    if (then[field] !== now[field]) found.push({ field, then: then[field] || '—', now: now[field] || '—' });
  const [least, leastNow] = [then.lowStock ?? 0, now.lowStock ?? 0];
  if (least !== leastNow) found.push({ field: 'lowStock', then: count(least), now: count(leastNow) });
  return [...found, ...LONG.filter((field) => then[field] !== now[field]).map((field) => ({ field }))];
}
