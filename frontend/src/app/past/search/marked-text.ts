import { Component, computed, input } from '@angular/core';
import { rangesOf, type Range } from '../../chat/found-text';

/** Characters of a long text before its first found word, and in all. */
const BEFORE = 60;
const LENGTH = 320;

/** A piece of a text, found or between. */
export interface TextPiece {
  readonly text: string;
  readonly found: boolean;
}

/** A text with what was looked for in it; of a long one, what stands around the first place. */
export function piecesOf(
  text: string,
  words: readonly string[],
  phrases: readonly string[] = [],
): readonly TextPiece[] {
  const ranges = merged([
    ...words.flatMap((word) => rangesOf(text, word).filter(({ start }) => beginsWord(text, start))),
    ...phrases.flatMap((phrase) => rangesOf(text, phrase)),
  ]);
  const first = ranges[0]?.start ?? 0;
  const from = first > 2 * BEFORE ? first - BEFORE : 0;
  const to = text.length > from + LENGTH ? from + LENGTH : text.length;
  const pieces: TextPiece[] = [];
  let at = from;
  for (const { start, end } of ranges.filter((range) => range.end <= to)) {
    pieces.push({ text: text.slice(at, start), found: false }, { text: text.slice(start, end), found: true });
    at = end;
  }
  pieces.push({ text: `${text.slice(at, to)}${to < text.length ? '…' : ''}`, found: false });
  const shown = pieces.filter((piece) => piece.text !== '');
  return from > 0 ? [{ text: '…', found: false }, ...shown] : shown;
}

function beginsWord(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}\p{M}]$/u.test(text.slice(0, at));
}

/** In order, and those that overlap as one. */
function merged(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && range.start <= last.end) result[result.length - 1] = { ...last, end: Math.max(last.end, range.end) };
    else result.push(range);
  }
  return result;
}

/** A text in which what was looked for is marked. */
@Component({
  selector: 'app-marked-text',
  // Elements, because the compiler drops the blanks between these only.
  template: `
    @for (piece of pieces(); track $index) {
      @if (piece.found) {
        <mark>{{ piece.text }}</mark>
      } @else {
        <span>{{ piece.text }}</span>
      }
    }
  `,
})
export class MarkedText {
  readonly text = input.required<string>();
  readonly words = input<readonly string[]>([]);
  readonly phrases = input<readonly string[]>([]);

  protected readonly pieces = computed(() => piecesOf(this.text(), this.words(), this.phrases()));
}
