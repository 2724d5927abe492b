import { foldCode, mentionedProducts, productMentions, type Message, type Product } from 'backend/contract';
import type { ProductReference } from '../text-parts';

/** What products that a message is about are called in a text, by their code as `foldCode` makes it. */
export type ReferenceNames = ReadonlyMap<string, number>;

/**
 * @param about ids
 * @param states what is known of each: as it is now, and as it was when the message was posted
 */
export function referenceNames(
  about: readonly number[],
  states: (id: number) => readonly (Product | null | undefined)[],
): ReferenceNames {
  const names = new Map<string, number>();
  for (const id of about) {
    for (const state of states(id)) {
      const code = foldCode(state?.code ?? '');
      if (code !== '' && !names.has(code)) names.set(code, id);
    }
  }
  return names;
}

/** Where a text refers to them. */
export function referencesIn(text: string, names: ReferenceNames): readonly ProductReference[] {
  if (names.size === 0) return [];
  return productMentions(text).flatMap(({ start, readings }) => {
    for (const { code, end } of readings) {
      const product = names.get(code);
      if (product !== undefined) return [{ start, end, product }];
    }
    return [];
  });
}

/**
 * What an edit of a message says that it is about, besides what the server finds in the new text: what the old text does not
 * name, such as the product in whose panel it was written, and what the new one still names, also by a code of then.
 */
export function aboutBesides(
  { about = [], text: before }: Pick<Message, 'about' | 'text'>,
  after: string,
  names: ReferenceNames,
): readonly number[] {
  const find = (code: string) => names.get(code);
  const named = mentionedProducts(productMentions(before), find);
  const still = mentionedProducts(productMentions(after), find);
  return about.filter((id) => !named.includes(id) || still.includes(id));
}
