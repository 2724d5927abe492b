import { LIMITS } from './limits.js';
import { foldCode } from './product-code.js';
import type { MessageMove } from './records.js';

/** `#CODE -3 reason`, `#CODE +40`, `#CODE =25`: the sign may be a hyphen or a minus, and blanks may follow it. */
const LINE = /^#(?:"([^"\n]+)"|([^\s#"]+))[ \t]+([-+=\u2212])[ \t]*(\d{1,10})(?:[,.:;]?[ \t]+(.*))?$/u;

/** A line of a message that moves stock, if there is a product with that code. */
export interface StockLine {
  /** As `foldCode` makes it. */
  readonly code: string;
  /** Pieces that come or go (`delta`), or that are there (`count`). */
  readonly change: { readonly kind: 'delta' | 'count'; readonly pieces: number };
  /** The reason, cut at `LIMITS.note`; undefined for none. */
  readonly note: string | undefined;
}

/**
 * The lines at the start of a message that move stock, if their codes are those of products; the first other line ends them.
 * Whoever knows the codes plans the moves with `planMoves`.
 */
export function stockLines(text: string): readonly StockLine[] {
  const lines: StockLine[] = [];
  // Most texts have none.
  if (!/^\s*#/.test(text)) return lines;
  for (const line of text.split('\n')) {
    const [, quoted, plain = '', sign, digits, note] = LINE.exec(line.trim()) ?? [];
    const pieces = Number(digits);
    if (sign === undefined || (sign !== '=' && pieces === 0)) break;
    const change =
      sign === '='
        ? ({ kind: 'count', pieces } as const)
        : ({ kind: 'delta', pieces: sign === '+' ? pieces : -pieces } as const);
    lines.push({ code: foldCode(quoted ?? plain), change, note: note && firstCharacters(note, LIMITS.note) });
  }
  return lines;
}

/** The beginning of a text, never half of a character: that could not be stored. */
function firstCharacters(text: string, most: number): string {
  return Array.from(text).slice(0, most).join('');
}

/** A move as it would be now. */
export interface PlannedMove extends MessageMove {
  /** Pieces there are before it. */
  readonly before: number;
}

/** What lines would do: every move, in order, or a code that no product has while others are known. */
export type MovePlan = { readonly moves: readonly PlannedMove[] } | { readonly unknown: string };

/** A message of which no code is known moves nothing: it is only text. `stock` of a move may be below zero. */
export function planMoves(
  lines: readonly StockLine[],
  find: (code: string) => { readonly id: number; readonly stock: number } | undefined,
): MovePlan {
  const found = lines.map((line) => ({ line, product: find(line.code) }));
  if (found.every(({ product }) => !product)) return { moves: [] };
  const stocks = new Map<number, number>();
  const moves: PlannedMove[] = [];
  for (const { line, product } of found) {
    if (!product) return { unknown: line.code };
    const { kind, pieces } = line.change;
    const before = stocks.get(product.id) ?? product.stock;
    const delta = kind === 'count' ? pieces - before : pieces;
    const stock = before + delta;
    stocks.set(product.id, stock);
    moves.push({ product: product.id, before, delta, stock, ...(line.note && { note: line.note }) });
  }
  return { moves };
}
