import type { Link } from './links';
import { isOf, mentionsIn } from './mentions';
import { rangesOf, type Range } from './found-text';
import { blocksOf } from './quote';

/** A product that a text refers to, from `start` up to and without `end`. */
export interface ProductReference extends Range {
  /** Its id. */
  readonly product: number;
}

/** Who looks at a text, and what they look for. */
export interface Reader {
  /** E-mail; null for a visitor. */
  readonly member: string | null;
  /** Words to be marked; empty for none. */
  readonly sought: string;
  /** Finds addresses in a text. */
  readonly links: (text: string) => readonly Link[];
  /** In the whole text. */
  readonly references?: readonly ProductReference[];
}

/** Letters of a part: those that are sought stand out. */
export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/** A part of a line: a link, somebody's name, a product, or plain. */
export interface Part {
  readonly href?: string;
  readonly mention?: 'me' | 'other';
  /** The id of the product that it refers to. */
  readonly product?: number;
  readonly pieces: readonly Piece[];
}

export interface TextBlock {
  readonly quote: boolean;
  readonly parts: readonly Part[];
}

type Marked = Range & Omit<Part, 'pieces'>;

/** A text in parts. All their letters, in order, are exactly the text: it is text, whatever it looks like. */
export function textBlocks(text: string, reader: Reader): readonly TextBlock[] {
  let from = 0;
  return blocksOf(text).map(({ quote, text: lines }) => {
    const references = (reader.references ?? []).map((it) => ({ ...it, start: it.start - from, end: it.end - from }));
    from += lines.length;
    return { quote, parts: partsOf(lines, { ...reader, references: references.filter(isIn(lines)) }) };
  });
}

const isIn =
  (text: string) =>
  ({ start, end }: Range) =>
    start >= 0 && end <= text.length;

function partsOf(text: string, { member, sought, links, references = [] }: Reader): readonly Part[] {
  const found = sought === '' ? [] : rangesOf(text, sought);
  const parts: Part[] = [];
  let at = 0;
  for (const { start, end, ...what } of marksIn(text, member, [references, links(text)])) {
    if (start < at) continue;
    if (start > at) parts.push({ pieces: piecesOf(text, { start: at, end: start }, found) });
    parts.push({ ...what, pieces: piecesOf(text, { start, end }, found) });
    at = end;
  }
  if (at < text.length) parts.push({ pieces: piecesOf(text, { start: at, end: text.length }, found) });
  return parts;
}

/** In their order. Where two overlap, a name goes before a product, and that before an address. */
function marksIn(
  text: string,
  member: string | null,
  [references, links]: readonly [readonly ProductReference[], readonly Link[]],
): readonly Marked[] {
  const names = mentionsIn(text).map(({ start, end, name }): Marked => {
    const mention = member !== null && isOf(name, member) ? 'me' : 'other';
    return { start, end, mention };
  });
  const marks: Marked[] = names;
  for (const more of [references, links])
    marks.push(...more.filter((mark) => !marks.some(({ start, end }) => mark.start < end && start < mark.end)));
  return marks.sort((one, other) => one.start - other.start);
}

function piecesOf(text: string, { start, end }: Range, found: readonly Range[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = start;
  for (const range of found) {
    const [from, to] = [Math.max(range.start, start), Math.min(range.end, end)];
    if (from >= to) continue;
    if (from > at) pieces.push({ text: text.slice(at, from), found: false });
    pieces.push({ text: text.slice(from, to), found: true });
    at = to;
  }
  if (at < end) pieces.push({ text: text.slice(at, end), found: false });
  return pieces;
}
