import type { Product } from 'backend/contract';
import { searchable } from '../ui/plain';
import type { PaletteAction } from './palette-actions';
import { best, wordsOf } from './ranking';

/** What somebody chose: a product is opened, a person is written to, an action is done. */
export type Choice =
  | { readonly kind: 'product'; readonly product: Product }
  | { readonly kind: 'person'; readonly email: string }
  | { readonly kind: 'action'; readonly action: PaletteAction };

/** One line of the palette. */
export interface Entry {
  readonly choice: Choice;
  readonly text: string;
  /** What stands beside it, more quietly. */
  readonly aside: string;
}

/** Lines of one kind, the name of which is `palette.` and the kind. */
export interface Section {
  readonly kind: Choice['kind'];
  readonly entries: readonly Entry[];
}

/** What there is to choose from. */
export interface Offer {
  readonly products: readonly Product[];
  /** E-mails. */
  readonly people: readonly string[];
  /** The name of somebody; empty where none is given. */
  readonly nameOf: (email: string) => string;
  readonly actions: readonly PaletteAction[];
}

/** Lines of a kind at most. */
const MOST = { product: 12, person: 6, action: 8 } as const;

/** What answers the query, the kind that answers best first. Without one: what one can do, and who there is. */
export function sectionsFor(query: string, { products, people, nameOf, actions }: Offer): readonly Section[] {
  const words = wordsOf(query);
  if (words.length === 0) {
    return [
      { kind: 'action' as const, entries: actions.map(actionEntry) },
      { kind: 'person' as const, entries: people.slice(0, MOST.person).map((email) => personEntry(email, nameOf)) },
    ].filter(isFilled);
  }
  const found = {
    product: best(products, words, textOf, MOST.product),
    person: best(people, words, (email) => searchable(`${nameOf(email)} ${email}`), MOST.person),
    action: best(actions, words, ({ text }) => searchable(text), MOST.action),
  };
  const sections = [
    {
      kind: 'product' as const,
      score: topOf(found.product),
      entries: found.product.map((it) => productEntry(it.entry)),
    },
    {
      kind: 'person' as const,
      score: topOf(found.person),
      entries: found.person.map((it) => personEntry(it.entry, nameOf)),
    },
    { kind: 'action' as const, score: topOf(found.action), entries: found.action.map((it) => actionEntry(it.entry)) },
  ];
  return sections.filter(isFilled).sort((a, b) => b.score - a.score);
}

function isFilled({ entries }: Section): boolean {
  return entries.length > 0;
}

function topOf(found: readonly { readonly score: number }[]): number {
  return found[0]?.score ?? 0;
}

function productEntry(product: Product): Entry {
  const { title, code, category } = product;
  return { choice: { kind: 'product', product }, text: title, aside: [code, category].filter(Boolean).join(' · ') };
}

function personEntry(email: string, nameOf: Offer['nameOf']): Entry {
  const name = nameOf(email);
  return { choice: { kind: 'person', email }, text: name || email, aside: name && email };
}

function actionEntry(action: PaletteAction): Entry {
  return { choice: { kind: 'action', action }, text: action.text, aside: action.keys ?? '' };
}

/** By product as it is: ten thousand titles are too many to be prepared for each key. */
const texts = new WeakMap<Product, string>();

function textOf(product: Product): string {
  const known = texts.get(product) ?? searchable(`${product.title} ${product.code} ${product.category}`);
  texts.set(product, known);
  return known;
}
