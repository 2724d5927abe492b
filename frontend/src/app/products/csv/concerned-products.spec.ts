import { describe, expect, it } from '@jest/globals';
import { aProduct } from '../../testing/records';
import { areSame, concernOf } from './concerned-products';
import { columnNames } from './csv-columns';
import { readSheet } from './sheet';

const names = columnNames((column) => ({ code: ['Código'], title: ['Título'] })[column as string] ?? []);

function isConcerned(text: string, product: { code?: string; title?: string }): boolean {
  const sheet = readSheet(new TextEncoder().encode(text), (heading) => names(heading) !== undefined);
  return concernOf(sheet, names)(aProduct({ code: '', title: '', ...product }));
}

describe('a file concerns', () => {
  const FILE = 'Código;Título\n Reg-1 ;Regla\n;Goma';

  it('the product with a code of it, whatever the case of its letters', () => {
    expect(isConcerned(FILE, { code: 'REG-1', title: 'Otra' })).toBe(true);
  });

  it('the product without a code that has a title of it', () => {
    expect(isConcerned(FILE, { title: 'Goma' })).toBe(true);
  });

  it('no product that has another code, or none and another title', () => {
    expect(isConcerned(FILE, { code: 'MES', title: 'Regla' })).toBe(false);
    expect(isConcerned(FILE, { title: 'Mesa' })).toBe(false);
  });
});

describe('two lists are the same', () => {
  const [ruler, table] = [aProduct({ id: 1 }), aProduct({ id: 2 })];

  it('when each of their items is', () => {
    expect(areSame([ruler, table], [ruler, table])).toBe(true);
  });

  it('and not when one came, went or changed', () => {
    expect(areSame([ruler], [ruler, table])).toBe(false);
    expect(areSame([ruler, table], [ruler, { ...table }])).toBe(false);
  });
});
