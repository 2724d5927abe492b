import { expect, it } from '@jest/globals';
import { aProduct } from '../../testing/records';
import { columnWidths } from './widths';

it('the columns are as wide as the longest of their content', () => {
  const products = [aProduct({ price: 9 }), aProduct({ price: 1_234_567.89, code: 'ABCDEFGHIJ', stock: 1_234_567 })];
  const widths = columnWidths(products, 'es', '');
  expect(widths['--price-width']).toBe('13ch');
  expect(widths['--code-width']).toBe('11ch');
  expect(widths['--stock-width']).toContain('10ch');
});

it('the sign of the currency has room', () => {
  const products = [aProduct({ price: 1_234_567.89 })];
  expect(columnWidths(products, 'es', 'EUR')['--price-width']).toBe('15ch');
});

it('the heads have room when there is nothing, and a long text is cut off', () => {
  expect(columnWidths([], 'es', '')).toMatchObject({ '--price-width': '8ch', '--category-width': '11ch' });
  const long = aProduct({ code: 'x'.repeat(60), category: 'y'.repeat(60) });
  expect(columnWidths([long], 'es', '')).toMatchObject({ '--code-width': '15ch', '--category-width': '21ch' });
});
