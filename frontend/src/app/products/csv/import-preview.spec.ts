import { describe, expect, it } from '@jest/globals';
import { aProduct } from '../../testing/records';
import type { ShownProduct } from '../pending-products';
import { columnNames } from './csv-columns';
import { previewOf } from './import-preview';
import { readSheet } from './sheet';

const WRITTEN = {
  title: ['Título', 'Title'],
  price: ['Precio', 'Price'],
  code: ['Código', 'Code'],
  category: ['Categoría', 'Category'],
  stock: ['Stock'],
  lowStock: ['Stock mínimo', 'Low stock'],
  description: ['Descripción', 'Description'],
  thumbnail: ['Link de la imagen', 'Link to the picture'],
};
const names = columnNames((column) => WRITTEN[column]);
const ruler = aProduct({ id: 1, title: 'Regla', price: 10, code: 'REG-1', category: 'Dibujo', stock: 5 });

function preview(text: string, products: readonly ShownProduct[] = [ruler], language = 'es') {
  const sheet = readSheet(new TextEncoder().encode(text), (heading) => names(heading) !== undefined);
  return previewOf(sheet, products, names, language);
}
const only = (...args: Parameters<typeof preview>) => preview(...args).lines[0]!;

describe('a line of a file', () => {
  it('adds a product that is not there, with numbers as the page reads them', () => {
    const line = only('Código;Título;Precio;Stock;Stock mínimo;Categoría\nMES;Mesa;1.234,50 €;1.000;;Taller');
    expect(line).toMatchObject({ line: 2, kind: 'added', code: 'MES', title: 'Mesa' });
    expect(line.draft).toMatchObject({ title: 'Mesa', price: 1234.5, code: 'MES', stock: 1000, category: 'Taller' });
  });

  it('changes the product with its code, whatever the case, and only what is other', () => {
    const line = only('code,title,price,stock\n reg-1 ,Regla,12.5,3');
    expect(line).toMatchObject({ kind: 'changed', product: ruler, fields: { price: 12.5 }, delta: -2 });
    expect(line.fields).toEqual({ price: 12.5 });
  });

  it('leaves alone what the file does not speak of', () => {
    expect(only('Código;Stock\nREG-1;9')).toMatchObject({ kind: 'changed', fields: {}, delta: 4 });
  });

  it('empties a text by an empty cell, and leaves price and stock alone', () => {
    expect(only('Código;Categoría;Precio;Stock\nREG-1;;;')).toMatchObject({
      kind: 'changed',
      fields: { category: '' },
      delta: 0,
    });
  });

  it('changes nothing where all is so already', () => {
    expect(only('Código;Título;Precio;Categoría;Stock\nREG-1;Regla;10,00;Dibujo;5').kind).toBe('same');
  });

  it('without a code adds a product, unless it is there exactly so', () => {
    const plain = aProduct({ id: 2, title: 'Goma', price: 1, stock: 0 });
    const { lines, withoutCode } = preview('Título;Precio\nGoma;1\nGoma;2\nLápiz;1', [ruler, plain]);
    expect(lines.map(({ kind }) => kind)).toEqual(['same', 'added', 'added']);
    expect(withoutCode).toBe(2);
  });
});

describe('a line is refused', () => {
  it.each([
    ['Título;Precio\n;3', { column: 'title', kind: 'required' }],
    ['Título;Precio\nMesa;', { column: 'price', kind: 'required' }],
    ['Título\nMesa', { column: 'price', kind: 'required' }],
    ['Título;Precio\nMesa;caro', { column: 'price', kind: 'amount', text: 'caro' }],
    ['Título;Precio\nMesa;-1', { column: 'price', kind: 'negative' }],
    ['Título;Precio\nMesa;1,234', { column: 'price', kind: 'decimals', limit: 2 }],
    ['Título;Precio;Stock\nMesa;1;1,5', { column: 'stock', kind: 'whole' }],
    ['Título;Precio;Imagen\nMesa;1;javascript:x', { column: 'thumbnail', kind: 'link' }],
    [`Título;Precio\n${'x'.repeat(201)};1`, { column: 'title', kind: 'maxLength', limit: 200 }],
    ['Código;Título\nREG-1;', { column: 'title', kind: 'required' }],
    ['Título;Precio\nMesa;1;2', { kind: 'cells' }],
    ['Título;Precio\n"Mesa;1', { kind: 'quotes' }],
  ])('by the rules of the form: %j', (text, problem) => {
    const line = only(text);
    expect(line.kind).toBe('refused');
    expect(line.problems[0]).toMatchObject(problem);
  });

  it('for every cell that is wrong', () => {
    expect(only('Título;Precio;Stock\n;x;y').problems.map(({ column }) => column)).toEqual(['title', 'price', 'stock']);
  });

  it('when its code stood in an earlier line', () => {
    const { lines } = preview('Código;Título;Precio\nA1;Uno;1\nB1;Dos;2\na1;Tres;3');
    expect(lines.map(({ kind }) => kind)).toEqual(['added', 'added', 'refused']);
    expect(lines[2]!.problems).toEqual([{ kind: 'twice', line: 2, text: 'a1' }]);
  });

  it('when two products have its code', () => {
    expect(only('Código;Precio\nREG-1;3', [ruler, { ...ruler, id: 9 }]).problems).toMatchObject([
      { kind: 'ambiguous', text: 'REG-1' },
    ]);
  });

  it('when the product of its code is not created yet', () => {
    expect(only('Código;Precio\nREG-1;3', [{ ...ruler, id: -4, waiting: 'added' }]).problems).toEqual([
      { kind: 'waiting' },
    ]);
  });
});

describe('the preview', () => {
  it('counts, and says which columns are left out', () => {
    const { counts, ignored, columns } = preview(
      'SKU;Nombre;PVP;Proveedor;Precio\nREG-1;Regla;11;X;1\nA;B;2;X;1\nC;;2;X;1',
    );
    expect(counts).toEqual({ added: 1, changed: 1, same: 0, refused: 1 });
    expect(ignored).toEqual(['Proveedor', 'Precio']);
    expect(columns).toEqual(['code', 'title', 'price']);
  });

  it('takes both marks of thousands as English writes them, on an English page', () => {
    expect(only('title,price\nTable,"1,234.50"', [], 'en').draft).toMatchObject({ price: 1234.5 });
  });
});
