import { describe, expect, it } from '@jest/globals';
import { aProduct } from '../../testing/records';
import { nextSorting, sorted, type DataColumn } from './columns';

const products = [
  aProduct({ id: 1, n: 9, title: 'órbita', price: 20, code: 'C-10', stock: 3 }),
  aProduct({ id: 2, n: 7, title: 'Nube', price: 5, code: '', stock: 30 }),
  aProduct({ id: 3, n: 8, title: 'pez', price: 100, code: 'C-9', stock: 3 }),
];
const order = (by: DataColumn, descending = false) => sorted(products, { by, descending }, 'es').map(({ id }) => id);

describe('sorting', () => {
  it('leaves the order in which they were added, unless a column is chosen', () => {
    expect(sorted(products, undefined, 'es')).toBe(products);
  });

  it('has words as the language orders them, whatever the case and the accents', () => {
    expect(order('title')).toEqual([2, 1, 3]);
    expect(order('title', true)).toEqual([3, 1, 2]);
  });

  it('has numbers by their size, also inside a text', () => {
    expect(order('price')).toEqual([2, 1, 3]);
    expect(order('code')).toEqual([3, 1, 2]);
  });

  it('has what is empty last, in both directions', () => {
    expect(order('code', true)).toEqual([1, 3, 2]);
  });

  it('leaves what is equal in its order', () => {
    expect(order('stock')).toEqual([1, 3, 2]);
    expect(order('stock', true)).toEqual([2, 1, 3]);
  });

  it('has the last change by when it was, not by who made it', () => {
    expect(order('change', true)).toEqual([1, 3, 2]);
  });
});

it('presses on the head of a column sort upwards, downwards, and as added again', () => {
  const first = nextSorting(undefined, 'price');
  const second = nextSorting(first, 'price');
  expect([first, second]).toEqual([
    { by: 'price', descending: false },
    { by: 'price', descending: true },
  ]);
  expect(nextSorting(second, 'price')).toBeUndefined();
  expect(nextSorting(second, 'title')).toEqual({ by: 'title', descending: false });
});
