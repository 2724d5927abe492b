import {
  SEARCH_KINDS,
  SEARCH_OPERATORS,
  searchParts,
  type Product,
  type SearchOperator,
  type SearchPart,
} from 'backend/contract';
import { searchable } from '../../ui/plain';
import { dayBefore } from '../moment-text';

/** Values that are offered at once. */
const MOST = 8;
/** Days back that are offered; the name of each is `past.days.` and the number. */
const DAYS = [0, 1, 7, 30] as const;

/** What an operator can be completed to: the text that takes its place, and what it is besides. */
export interface SearchOffer {
  readonly text: string;
  readonly label: string;
}

/** The operator at the caret, and what it can be completed to. */
export interface Completing {
  readonly part: SearchPart;
  readonly offers: readonly SearchOffer[];
}

/** What there is to choose from. */
export interface SearchSources {
  /** E-mails. */
  readonly people: readonly string[];
  readonly products: readonly Product[];
  /** The name of a day, so many days ago. */
  readonly dayName: (days: number) => string;
}

/** Those of a language: what a button writes. */
export const OPERATORS_OF = {
  es: ['de', 'sobre', 'tipo', 'desde', 'antes'],
  en: ['from', 'about', 'type', 'since', 'before'],
} as const;

/** What the operator at the caret can be completed to; null where none is, and where it is complete. */
export function completing(query: string, caret: number, sources: SearchSources): Completing | null {
  const part = searchParts(query).find(({ operator, start, end }) => operator && start < caret && caret <= end);
  if (!part?.operator) return null;
  const typed = query.slice(part.start, part.end);
  const name = typed.slice(0, typed.indexOf(':'));
  const values = valuesOf(part.operator, name, part.value, sources);
  if (values.some(({ value }) => value === part.value)) return null;
  const sign = part.operator === 'about' ? '#' : '';
  const offers = values
    .slice(0, MOST)
    .map(({ value, label }) => ({ text: `${name}:${sign}${/\s/.test(value) ? `"${value}"` : value}`, label }));
  return offers.length > 0 ? { part, offers } : null;
}

interface Value {
  readonly value: string;
  readonly label: string;
}

function valuesOf(operator: SearchOperator, name: string, typed: string, sources: SearchSources): readonly Value[] {
  const begun = searchable(typed);
  const matches = (text: string): boolean => searchable(text).includes(begun);
  switch (operator) {
    case 'by':
      return sources.people.filter(matches).map((value) => ({ value, label: '' }));
    case 'about':
      return sources.products
        .filter(({ code, title }) => code !== '' && (matches(code) || matches(title)))
        .map(({ code, title }) => ({ value: code, label: title }));
    case 'kind':
      return kindsLike(name).flatMap((value) => (matches(value) ? [{ value, label: '' }] : []));
    case 'since':
    case 'before':
      return DAYS.map((days) => ({ value: dayBefore(days), label: sources.dayName(days) })).filter(({ value }) =>
        value.startsWith(typed),
      );
  }
}

/** The kinds in the language of the operator: its Spanish names come first in the contract, each before its English one. */
function kindsLike(operator: string): readonly string[] {
  const isEnglish = Object.keys(SEARCH_OPERATORS).indexOf(operator.toLowerCase()) % 2 === 1;
  return Object.keys(SEARCH_KINDS).filter((_, place) => (place % 2 === 1) === isEnglish);
}

/** The query with what was taken in place of the part, and the caret after it. */
export function completed(query: string, { start, end }: SearchPart, { text }: SearchOffer): [string, number] {
  const before = `${query.slice(0, start)}${text} `;
  return [before + query.slice(end).replace(/^ /, ''), before.length];
}
