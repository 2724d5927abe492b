import type { ProductDraft } from './products-store';

/** For somebody who wants to see the board with something on it. */
export const SAMPLE_CATALOGUE: readonly ProductDraft[] = [
  { title: 'Escuadra', price: 123.45, code: 'ESC', category: 'Geometría', stock: 40 },
  { title: 'Calculadora', price: 234.56, code: 'CAL', category: 'Electrónica', stock: 25 },
  { title: 'Globo terráqueo', price: 345.67, code: 'GLO', category: 'Geografía', stock: 12 },
];
