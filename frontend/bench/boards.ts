import { journalOf, pastMessage, pastProduct } from '../e2e/past.ts';

/** What a board has on it. */
export interface Board {
  readonly products: number;
  readonly messages: number;
}

/** One of each, so that the same things appear on both. */
export const NEARLY_EMPTY: Board = { products: 1, messages: 1 };
export const LARGE: Board = { products: 10_000, messages: 50_000 };

const START = Date.parse('2026-03-09T09:00:00.000Z');
const WORDS = 'escuadra regla compás lápiz goma cuaderno carpeta rotulador tijera pegamento'.split(' ');

/** The `journal.jsonl` of a server with that on it. */
export function journalWith({ products, messages }: Board): string {
  const at = (index: number) => new Date(START + index * 1_000).toISOString();
  const by = (index: number) => (index % 3 ? 'beto@acme.com' : 'eva@acme.com');
  const word = (index: number) => WORDS[index % WORDS.length] ?? '';
  return journalOf([
    ...Array.from({ length: products }, (_, index) =>
      pastProduct(by(index), at(index), {
        title: `${word(index)} ${index + 1}`,
        price: 100 + index / 4,
        code: `LON-${index}`,
        category: word(index * 7),
        stock: index % 90,
      }),
    ),
    ...Array.from({ length: messages }, (_, index) =>
      pastMessage(by(index * 7), at(products + index), `Mensaje ${index + 1}: ${word(index)} y ${word(index * 3)}`),
    ),
  ]);
}
