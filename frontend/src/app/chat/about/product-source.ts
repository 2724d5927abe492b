import type { Signal } from '@angular/core';
import { mentionOf, type Product } from 'backend/contract';
import { plain, searchable } from '../../ui/plain';
import type { Begun, CompletionSource } from '../completion';

/** Products that a page offers at most. */
const MAX_OFFERED = 6;

/** What stands between a `#` and the caret; with a quotation mark blanks belong to it. */
const BEGUN = /(?<![\p{L}\p{N}\p{M}_#&/])#(?:"([^"\n]*)|([^\s#"`]*))$/u;

/** Code and title as they are searched: a large board is searched at each key, and products change seldom. */
const searched = new WeakMap<Product, { readonly code: string; readonly words: string }>();

/** Products with a code, without which they cannot be named, after a `#`. */
export function productSource(products: Signal<readonly Product[]>): CompletionSource {
  return { label: 'chat.products', begun: begunMention, offers: (prefix) => productsLike(products(), prefix) };
}

function begunMention(text: string, caret: number): Begun | null {
  const [found, quoted, word = ''] = BEGUN.exec(text.slice(0, caret)) ?? [];
  return found === undefined ? null : { start: caret - found.length, prefix: quoted ?? word };
}

/**
 * Those whose code begins so in front, then those in whose title or code a word begins so. A whole code is not offered: who
 * has typed it means to go on, and to send with Enter.
 */
function productsLike(products: readonly Product[], prefix: string) {
  const start = plain(prefix.trim());
  const word = /^[\p{L}\p{N}]+$/u.test(start) ? ` ${start}` : undefined;
  const byCode: Product[] = [];
  const byWord: Product[] = [];
  for (const product of products) {
    if (product.code === '') continue;
    const { code, words } = searchedOf(product);
    if (code === start) return [];
    if (code.startsWith(start)) byCode.push(product);
    else if (word !== undefined && words.includes(word)) byWord.push(product);
  }
  return [...byCode, ...byWord]
    .slice(0, MAX_OFFERED)
    .map(({ code, title }) => ({ label: title, code, text: mentionOf(code) }));
}

function searchedOf(product: Product) {
  const known = searched.get(product);
  if (known) return known;
  const made = { code: plain(product.code), words: searchable(`${product.code} ${product.title}`) };
  searched.set(product, made);
  return made;
}
