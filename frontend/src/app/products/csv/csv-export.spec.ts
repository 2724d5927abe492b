import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aProduct } from '../../testing/records';
import { COLUMNS } from '../grid/columns';
import { csvOf } from './csv-export';
import { guarded, unguarded } from './formula-guard';
import { readSheet } from './sheet';

const products = [
  aProduct({ id: 1, title: 'Mesa; "grande"\nde roble', price: 1234.5, code: '-5', category: 'Taller', stock: 7 }),
  aProduct({ id: 2, title: '=HYPERLINK("x")', price: 3, thumbnail: 'https://acme.com/a.png' }),
];
const written = (language: string, columns = COLUMNS.filter((column) => column !== 'change')) =>
  csvOf({ products, columns }, language, (field) => field);

describe('an exported file', () => {
  it('has the columns in sight, as a Spanish spreadsheet opens it', () => {
    expect(written('es', ['select', 'title', 'price', 'stock', 'actions'])).toBe(
      '\uFEFFtitle;price;stock\r\n"Mesa; ""grande""\nde roble";1234,50;7\r\n"\'=HYPERLINK(""x"")";3;5\r\n',
    );
  });

  it('has commas and decimal points for an English one', () => {
    expect(written('en', ['price', 'stock'])).toBe('\uFEFFprice,stock\r\n1234.50,7\r\n3,5\r\n');
  });

  it('says who changed a product last, and when', () => {
    expect(csvOf({ products, columns: ['change'] }, 'es', (field) => field)).toMatch(
      /change\r\n01\/03\/2026 \d\d:00:00 ana@acme.com/,
    );
  });

  it('is read back as it was', () => {
    const { header, rows } = readSheet(new TextEncoder().encode(written('es')), () => true);
    expect(header).toEqual(['thumbnail', 'title', 'price', 'code', 'category', 'stock']);
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['', 'Mesa; "grande"\nde roble', '1234,50', '-5', 'Taller', '7'],
      ['https://acme.com/a.png', '=HYPERLINK("x")', '3', '', '', '5'],
    ]);
  });
});

describe('a text that a spreadsheet would run', () => {
  it.each(['=1+1', '+1', '-1', '@a', '\t=1', `'=1`])('is guarded: %j', (text) => {
    expect(guarded(text)).toBe(`'${text}`);
  });

  it.each(['', '1', 'a=1', `'a`, ' '])('is another one than %j', (text) => {
    expect(guarded(text)).toBe(text);
  });

  it('comes back, whatever it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^['=+\-@ab\t]*$/), (text) => {
        expect(unguarded(guarded(text))).toBe(text);
      }),
    );
  });
});
