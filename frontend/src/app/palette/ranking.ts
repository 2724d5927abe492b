import { searchable } from '../ui/plain';

/** How well one word of a query answers: at the beginning of all, of a word, inside one, or only in its order of letters. */
const POINTS = { first: 4, word: 3, inside: 2, fuzzy: 1 } as const;

/** The words of a query. */
export function wordsOf(query: string): readonly string[] {
  return searchable(query).split(' ').filter(Boolean);
}

/** How well a searchable text answers all words; 0 when it does not. */
export function scoreOf(words: readonly string[], text: string): number {
  let score = 0;
  for (const word of words) {
    const points = pointsOf(word, text);
    if (points === 0) return 0;
    score += points;
  }
  return score;
}

function pointsOf(word: string, text: string): number {
  const at = text.indexOf(` ${word}`);
  if (at >= 0) return at === 0 ? POINTS.first : POINTS.word;
  if (text.includes(word)) return POINTS.inside;
  return isInOrder(word, text) ? POINTS.fuzzy : 0;
}

/** Whether the letters come in this order, the first one where a word begins: `cc` finds «calculadora científica». */
function isInOrder(word: string, text: string): boolean {
  const [first = '', ...rest] = word;
  let at = text.indexOf(` ${first}`) + 1;
  if (at === 0 || rest.length === 0) return false;
  for (const letter of rest) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}

/** The entries that answer best, at most so many; those that answer alike stay in their order. */
export function best<T>(
  entries: readonly T[],
  words: readonly string[],
  textOf: (entry: T) => string,
  most: number,
): readonly { readonly entry: T; readonly score: number }[] {
  const found = entries.flatMap((entry) => {
    const score = scoreOf(words, textOf(entry));
    return score > 0 ? [{ entry, score }] : [];
  });
  return found.sort((a, b) => b.score - a.score).slice(0, most);
}
