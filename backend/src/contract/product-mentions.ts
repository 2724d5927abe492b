import { LIMITS } from './limits.js';
import { foldCode } from './product-code.js';

/**
 * `#CODE` in a text, or `#"CODE WITH BLANKS"`: what follows a letter, a number or another sign of an address or of markup
 * is none.
 */
const MENTION = /(?<![\p{L}\p{N}\p{M}_#&/])#(?:"([^"\n]+)"|([^\s#"]+))/gu;
/** Text in which nothing is mentioned: code, which is meant as it stands, and addresses. */
const VERBATIM = /```[^]*?(?:```|$)|`[^`\n]*`|(?<![a-z\d+.-])(?:[a-z][a-z\d+.-]*:\/\/|www\.)\S+/giu;
/** What may end a code, or a sentence. */
const PUNCTUATION = /[\p{P}\p{S}]/u;
/** Ways to end one code that are tried, and places in one text that are looked at: it must cost little, whatever is typed. */
const MAX_READINGS = 8;
const MAX_PLACES = 100;

/** What may be the mention of a product. */
export interface ProductMention {
  /** Where its `#` stands. */
  readonly start: number;
  /** What the code may be, the longest first: a full stop may belong to it or end the sentence. Whoever knows the codes decides. */
  readonly readings: readonly Reading[];
}
export interface Reading {
  /** As `foldCode` makes it. */
  readonly code: string;
  /** Where the mention ends then. */
  readonly end: number;
}

/** What may mention products in a text, in order. */
export function productMentions(text: string): readonly ProductMention[] {
  // Most texts have none.
  if (!text.includes('#')) return [];
  const verbatim = [...text.matchAll(VERBATIM)].map(({ 0: found, index }) => [index, index + found.length] as const);
  const mentions: ProductMention[] = [];
  for (const { 0: found, 1: quoted, 2: plain = '', index: start } of text.matchAll(MENTION)) {
    if (mentions.length === MAX_PLACES) break;
    if (verbatim.some(([from, to]) => from <= start && start < to)) continue;
    const readings =
      quoted === undefined ? readingsOf(plain, start + 1) : [{ code: foldCode(quoted), end: start + found.length }];
    mentions.push({ start, readings });
  }
  return mentions;
}

/** The products that a text mentions, each once, in the order of the text; `LIMITS.about` at most. */
export function mentionedProducts(
  mentions: readonly ProductMention[],
  find: (code: string) => number | undefined,
): readonly number[] {
  const found = new Set<number>();
  for (const { readings } of mentions) {
    const product = firstOf(readings, ({ code }) => find(code));
    if (product !== undefined) found.add(product);
    if (found.size === LIMITS.about) break;
  }
  return [...found];
}

/** How a product is mentioned that has this code. */
export function mentionOf(code: string): string {
  const [mention] = productMentions(`#${code}`);
  const whole = mention?.readings[0];
  return whole?.end === code.length + 1 ? `#${code}` : `#"${code}"`;
}

function readingsOf(plain: string, start: number): readonly Reading[] {
  const readings: Reading[] = [];
  for (let end = plain.length; end > 0 && readings.length < MAX_READINGS; end--) {
    const isEnd = end === plain.length || PUNCTUATION.test(plain.charAt(end));
    if (isEnd && end <= LIMITS.code) readings.push({ code: foldCode(plain.slice(0, end)), end: start + end });
  }
  return readings;
}

function firstOf<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
