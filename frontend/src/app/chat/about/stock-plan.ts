import { foldCode, LIMITS, planMoves, stockLines, type PlannedMove } from 'backend/contract';
import type { ProductNow } from './chat-products';

/** What a text would do to the stock if it were sent now. */
export type StockPlan =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'moves'; readonly moves: readonly TitledMove[] }
  /** It would be refused: fewer pieces are there than would go, or there would be more than can be counted. */
  | { readonly kind: 'short' | 'tooMany'; readonly move: TitledMove }
  /** It would be refused: no product has this code, while others of the same text are known. */
  | { readonly kind: 'unknown'; readonly code: string };

export interface TitledMove extends Omit<PlannedMove, 'product' | 'note'> {
  readonly title: string;
}

/** What is known of the products. */
interface Known {
  readonly find: (code: string) => ProductNow | undefined;
  /** Whether a code that is not known is nobody's. */
  readonly complete: boolean;
}

const NOTHING: StockPlan = { kind: 'nothing' };

/** By the rules of the server, with the products as this page has them. */
export function stockPlan(text: string, { find, complete }: Known): StockPlan {
  const lines = stockLines(text);
  if (lines.length === 0) return NOTHING;
  const plan = planMoves(lines, find);
  if ('unknown' in plan) return complete ? { kind: 'unknown', code: asTyped(plan.unknown, text) } : NOTHING;
  const titles = new Map(lines.map(({ code }) => find(code)).map((product) => [product?.id, product?.title ?? '']));
  const moves = plan.moves.map(({ product, before, delta, stock }) => {
    return { title: titles.get(product) ?? '', before, delta, stock };
  });
  const refused = moves.find(({ stock }) => stock < 0 || stock > LIMITS.stock);
  if (refused) return { kind: refused.stock < 0 ? 'short' : 'tooMany', move: refused };
  return moves.length > 0 ? { kind: 'moves', moves } : NOTHING;
}

/** Whether the server would refuse it. */
export function isRefused({ kind }: StockPlan): boolean {
  return kind !== 'nothing' && kind !== 'moves';
}

/** A code is compared in lower case, and shown as somebody typed it. */
function asTyped(folded: string, text: string): string {
  const typed = [...text.matchAll(/^\s*#(?:"([^"\n]+)"|([^\s#"]+))/gmu)].map(([, quoted, word = '']) => quoted ?? word);
  return typed.find((code) => foldCode(code) === folded) ?? folded;
}
