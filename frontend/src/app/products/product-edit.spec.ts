import { describe, expect, it } from '@jest/globals';
import { aProduct } from '../testing/records';
import { changedFields, rebased } from './product-edit';
import { filtered } from './product-filter';

const base = aProduct({ title: 'Escuadra', price: 10, category: 'Dibujo' });

describe('an edit', () => {
  it('is the fields that differ from what it started from', () => {
    expect(changedFields(base, { ...base, price: 12 })).toEqual({ price: 12 });
    expect(changedFields(base, { ...base })).toEqual({});
  });

  it('keeps what was touched and takes over the rest, when it is carried to a newer version', () => {
    const typed = { ...base, price: 12 };
    const now = { ...base, price: 15, category: 'Taller' };
    expect(rebased(base, typed, now)).toMatchObject({ title: 'Escuadra', price: 12, category: 'Taller' });
  });
});

describe('the filter', () => {
  it('matches when every word is in any field', () => {
    const products = [
      aProduct({ id: 1, title: 'Regla', code: 'R-1' }),
      aProduct({ id: 2, title: 'Regla', code: 'R-2' }),
    ];
    expect(filtered(products, ' regla r-2 ').map(({ id }) => id)).toEqual([2]);
  });

  it('returns the same list without a filter', () => {
    const products = [base];
    expect(filtered(products, '  ')).toBe(products);
  });
});
