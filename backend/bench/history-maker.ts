import type { JournalRecord, MessagePosted } from '../src/contract/index.js';
import { folderWith } from './journal-maker.js';

const MEMBERS = 50;
const MAX_PRODUCTS = 10_000;
const VOCABULARY = 20_000;
const STARTED = Date.parse('2026-01-01T00:00:00.000Z');

/** Numbers that look random and are the same each time. */
class Dice {
  private seed = 1;

  /** From 0 up to, and without, 1. */
  roll(): number {
    this.seed = (this.seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return this.seed / 2 ** 31;
  }

  below(most: number): number {
    return Math.floor(this.roll() * most);
  }

  /** Few words are said often, most hardly ever: by the logarithm of their rank. */
  word(): string {
    return wordOf(Math.floor(VOCABULARY ** this.roll()) - 1);
  }
}

/** A word of the bench's own language, by its rank. */
export function wordOf(rank: number): string {
  const syllables = ['ca', 'mi', 'ón', 'ro', 'tu', 'ra', 'ñe', 'lo', 'si', 'pe', 'du', 'na', 'ge', 'vi', 'bo', 'fá'];
  let word = '';
  for (let left = rank + 16; left > 0; left = Math.floor(left / 16)) word += syllables[left % 16] ?? '';
  return word;
}

/**
 * A data folder with so many records of a shop: one in a hundred adds a product (10,000 at most), most are messages of eight
 * words, of which one in five is about a product, and every other record moves stock, changes a price, edits or deletes.
 */
export function folderWithHistory(count: number): Promise<string> {
  const dice = new Dice();
  const products = Math.min(MAX_PRODUCTS, Math.floor(count / 100));
  const stocks = new Uint32Array(products + 1).fill(1_000);
  const messages: number[] = [];
  return folderWith(count, (n) => {
    const at = new Date(STARTED + n * 1_000).toISOString();
    const head = { n, at, by: `member${dice.below(MEMBERS)}@acme.com`, id: idOf(n) };
    if (n <= products) return { ...head, ...added(n, dice) };
    const product = 1 + dice.below(products);
    const kind = dice.roll();
    const message = messages[dice.below(messages.length)];
    if (kind < 0.62 || message === undefined) {
      messages.push(n);
      return { ...head, ...posted(product, stocks, dice) };
    }
    if (kind < 0.84) return { ...head, type: 'stock-moved', ...moved(product, stocks, dice) };
    if (kind < 0.92) return { ...head, type: 'product-changed', product, fields: { price: dice.below(1_000) } };
    if (kind < 0.96) return { ...head, type: 'message-edited', message, text: textOf(dice) };
    if (kind < 0.97) return { ...head, type: 'message-deleted', message };
    return { ...head, type: 'message-agreed', message };
  });
}

function added(n: number, dice: Dice) {
  const fields = { title: `${dice.word()} ${dice.word()}`, price: dice.below(1_000), code: `P-${n}` };
  return {
    type: 'product-added',
    fields: { ...fields, thumbnail: '', description: textOf(dice), category: dice.word() },
    stock: 1_000,
  } satisfies Partial<JournalRecord>;
}

function posted(product: number, stocks: Uint32Array, dice: Dice): Omit<MessagePosted, 'n' | 'at' | 'by' | 'id'> {
  const kind = dice.roll();
  const text = `${textOf(dice)}${kind < 0.2 ? ` #P-${product}` : ''}${kind > 0.98 ? ' @member7' : ''}`;
  const moves = kind < 0.03 && { moves: [moved(product, stocks, dice)] };
  return { type: 'message-posted', ...moves, ...(kind < 0.2 && { about: [product] }), text };
}

function moved(product: number, stocks: Uint32Array, dice: Dice) {
  const before = stocks[product] ?? 0;
  const delta = before > 10 ? dice.below(19) - 9 : 100;
  stocks[product] = before + delta;
  return { product, delta, stock: before + delta, note: dice.word() };
}

function textOf(dice: Dice): string {
  return Array.from({ length: 8 }, () => dice.word()).join(' ');
}

function idOf(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}
