import { instantOf } from './local-time.js';
import { foldCode } from './product-code.js';

/** What a search can be limited to. `change` is every change of a product, `added` those that came or came back. */
export type SearchKind = 'message' | 'product' | 'change' | 'price' | 'stock' | 'added' | 'removed';
export type SearchOperator = 'by' | 'about' | 'before' | 'since' | 'kind';

/** What is typed before the colon. The case of its letters makes no difference. */
export const SEARCH_OPERATORS: Readonly<Record<string, SearchOperator>> = {
  de: 'by',
  from: 'by',
  sobre: 'about',
  about: 'about',
  antes: 'before',
  before: 'before',
  desde: 'since',
  since: 'since',
  tipo: 'kind',
  type: 'kind',
};
/** What is typed after `tipo:` and `type:`. */
export const SEARCH_KINDS: Readonly<Record<string, SearchKind>> = {
  mensaje: 'message',
  message: 'message',
  producto: 'product',
  product: 'product',
  cambio: 'change',
  change: 'change',
  precio: 'price',
  price: 'price',
  existencias: 'stock',
  stock: 'stock',
  alta: 'added',
  added: 'added',
  baja: 'removed',
  removed: 'removed',
};

/** A word, a phrase in quotes, or an operator with its value, and where it stands in what is typed. */
export interface SearchPart {
  readonly start: number;
  readonly end: number;
  readonly operator?: SearchOperator;
  /** Without quotes and operator. */
  readonly value: string;
  readonly quoted: boolean;
}

/** An operator whose value cannot be read: no date, no kind, or nothing. */
export interface SearchProblem {
  readonly part: SearchPart;
  readonly rule: 'isDate' | 'isKind' | 'isNotEmpty';
}

/** What is asked for. Of several values of `by`, `about` and `kinds` any may hold; everything else must. */
export interface SearchQuery {
  /** Beginnings of words. */
  readonly words: readonly string[];
  /** Words that follow each other exactly so. */
  readonly phrases: readonly string[];
  /** E-mails, what stands before their `@`, or how they begin; in lower case. */
  readonly by: readonly string[];
  /** Codes of products, as `foldCode` makes them. */
  readonly about: readonly string[];
  readonly kinds: readonly SearchKind[];
  /** ISO instants: not before the one, and before the other. */
  readonly since?: string;
  readonly before?: string;
  readonly problems: readonly SearchProblem[];
}

const OPERATOR = Object.keys(SEARCH_OPERATORS).join('|');
const PART = new RegExp(
  `(?<empty>${OPERATOR}):#?(?=\\s|$)|(?:(?<name>${OPERATOR}):#?)?(?:"(?<quoted>[^"]*)"?|(?<plain>[^\\s"]+))`,
  'giu',
);
/** What no word has: a database would take some of it for the end of a text. */
const UNSEARCHABLE = /[\p{Cc}\p{Cs}]+/gu;
/** Without one of these there is nothing to look for: punctuation and pictures are not indexed. */
const SEARCHABLE = /[\p{L}\p{N}]/u;

/** What is typed, taken apart; whoever types on replaces the part at the caret. */
export function searchParts(query: string): readonly SearchPart[] {
  return [...query.matchAll(PART)].map(({ 0: found, index, groups = {} }) => {
    const { name, quoted, plain, empty } = groups;
    const operator = SEARCH_OPERATORS[(name ?? empty ?? '').toLowerCase()];
    return {
      start: index,
      end: index + found.length,
      ...(operator && { operator }),
      value: quoted ?? plain ?? '',
      quoted: quoted !== undefined,
    };
  });
}

/**
 * What a search asks for: words, "phrases", and operators in Spanish or English: `de:`/`from:` a member, `sobre:`/`about:` a
 * product by its code, `tipo:`/`type:` see `SEARCH_KINDS`, `antes:`/`before:` and `desde:`/`since:` a day or a minute. Any other
 * `word:` is text. Never throws: what cannot be read is a problem.
 * @param zone the time zone in which dates are meant: see `isTimeZone`
 */
export function parseSearch(query: string, zone = 'UTC'): SearchQuery {
  const parts = searchParts(query);
  const valuesOf = (operator: SearchOperator) =>
    parts.filter((part) => part.operator === operator && part.value !== '').map(({ value }) => value);
  const texts = parts
    .filter(({ operator }) => !operator)
    .map(({ value, quoted }) => ({ text: value.replace(UNSEARCHABLE, ' ').trim(), quoted }))
    .filter(({ text }) => SEARCHABLE.test(text));
  const instants = (operator: SearchOperator) =>
    valuesOf(operator)
      .flatMap((value) => instantOf(value, zone) ?? [])
      .sort();
  const [since, before] = [instants('since').at(-1), instants('before')[0]];
  return {
    words: texts.flatMap(({ text, quoted }) => (quoted ? [] : [text])),
    phrases: texts.flatMap(({ text, quoted }) => (quoted ? [text] : [])),
    by: valuesOf('by').map((value) => value.toLowerCase()),
    about: valuesOf('about').map(foldCode),
    kinds: valuesOf('kind').flatMap((value) => kindOf(value) ?? []),
    ...(since !== undefined && { since }),
    ...(before !== undefined && { before }),
    problems: parts.flatMap((part) => problemOf(part, zone) ?? []),
  };
}

function kindOf(value: string): SearchKind | undefined {
  const name = value.toLowerCase();
  return Object.hasOwn(SEARCH_KINDS, name) ? SEARCH_KINDS[name] : undefined;
}

function problemOf(part: SearchPart, zone: string): SearchProblem | undefined {
  const { operator, value } = part;
  if (!operator) return undefined;
  if (value === '') return { part, rule: 'isNotEmpty' };
  if (operator === 'kind' && !kindOf(value)) return { part, rule: 'isKind' };
  const isDated = operator === 'before' || operator === 'since';
  return isDated && !instantOf(value, zone) ? { part, rule: 'isDate' } : undefined;
}
