import { describe, expect, it } from '@jest/globals';
import { aProduct } from '../testing/records';
import { categoriesOf, chipped, filtered, isNarrowed, type Chips } from './product-filter';

describe('the filter', () => {
  it('matches when every word is in any field', () => {
    const products = [
      aProduct({ id: 1, title: 'Regla', code: 'R-1' }),
      aProduct({ id: 2, title: 'Regla', code: 'R-2' }),
    ];
    expect(filtered(products, ' regla r-2 ').map(({ id }) => id)).toEqual([2]);
  });

  it('returns the same list without a filter', () => {
    const products = [aProduct()];
    expect(filtered(products, '  ')).toBe(products);
  });
});

describe('the chips', () => {
  const products = [
    aProduct({ id: 1, category: 'Dibujo', stock: 2, lowStock: 2, thumbnail: 'https://acme.com/1.png' }),
    aProduct({ id: 2, category: 'Dibujo', stock: 3, lowStock: 2 }),
    aProduct({ id: 3, category: 'Libros', stock: 0 }),
    aProduct({ id: 4, category: '', stock: 0, lowStock: 0 }),
  ];
  const left = (chips: Chips) => chipped(products, chips).map(({ id }) => id);

  it('leave the products of a category, what has no more than its threshold, or what has no picture', () => {
    expect(left({ category: 'Dibujo' })).toEqual([1, 2]);
    expect(left({ low: true })).toEqual([1, 4]);
    expect(left({ plain: true })).toEqual([2, 3, 4]);
  });

  it('leave what passes all of them', () => {
    expect(left({ category: 'Dibujo', low: true })).toEqual([1]);
    expect(left({ category: 'Dibujo', low: true, plain: true })).toEqual([]);
  });

  it('return the same list when none is chosen', () => {
    expect(chipped(products, { category: undefined, low: false })).toBe(products);
    expect([isNarrowed({}), isNarrowed({ low: false }), isNarrowed({ plain: true })]).toEqual([false, false, true]);
  });

  it('offer each category once, in alphabetical order', () => {
    expect(categoriesOf([...products.toReversed(), aProduct({ category: 'Álgebra' })])).toEqual([
      'Álgebra',
      'Dibujo',
      'Libros',
    ]);
  });
});
