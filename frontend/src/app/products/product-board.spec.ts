import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Ack, Data, Product } from 'backend/contract';
import { Cells } from '../testing/cells';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage, reloadedPage, textOf, withHeight } from '../testing/page';
import { NOON, aProduct, aProductAdded } from '../testing/records';
import { BoardView } from './board-view';
import { ProductBoard } from './product-board';

type Saved = Ack<Data<'product:change'>>;

let socket: FakeSocket;
let screen: Screen;
let cells: Cells;
let asked: number;

withHeight();
beforeEach(() => {
  socket = fakePage();
  socket.answers('product:history', () => ({ ok: true, data: { records: [], more: false } }));
});
afterEach(() => document.body.replaceChildren());

async function open(products: readonly Product[] | null, identified = true): Promise<void> {
  const fixture = TestBed.createComponent(ProductBoard);
  fixture.componentRef.setInput('identified', identified);
  asked = 0;
  fixture.componentInstance.identifyNeeded.subscribe(() => asked++);
  document.body.append(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  cells = new Cells(screen);
  if (products) await socket.join({ n: 10, products });
  await screen.drawn();
}

const rows = () => screen.allByTestId('product-row').map(textOf);
const dialogText = () => textOf(document.querySelector('.swal2-popup'));
const panel = () => screen.byTestId('product-panel');

async function press(name: string): Promise<void> {
  await screen.press(name);
  await screen.drawn();
}

describe('the board', () => {
  it('is loading until the first list comes', async () => {
    await open(null);
    expect(screen.byTestId('skeleton')).not.toBeNull();
    expect(screen.byRole('status').map(textOf)).toContain('Cargando…');
    expect(screen.text).not.toContain('No hay productos');
  });

  it('says that there are no products', async () => {
    await open([]);
    expect(textOf(screen.byTestId('empty-products'))).toBe('No hay productos');
  });

  it('loads the sample catalogue as if somebody had typed it', async () => {
    await open([]);
    socket.answers('product:add', () => ({ ok: true, data: { n: 1, at: NOON, product: aProduct() } }));
    await screen.press('Cargar catálogo de ejemplo');
    await screen.drawn();
    expect(socket.payloads('product:add').map(({ title, price }) => [title, price])).toEqual([
      ['Escuadra', 123.45],
      ['Calculadora', 234.56],
      ['Globo terráqueo', 345.67],
    ]);
  });

  it('shows title, price, code, category, stock and who changed it last', async () => {
    await open([aProduct({ title: 'Escuadra', price: 1123.4, code: 'ESC', category: 'Dibujo', stock: 7 })]);
    const [row] = rows();
    for (const text of ['Escuadra', '1123,40', 'ESC', 'Dibujo', '7', 'ana@acme.com']) expect(row).toContain(text);
  });

  it('shows what others add, without being loaded again', async () => {
    await open([aProduct({ id: 1, title: 'Escuadra' })]);
    socket.feed.next({ records: [aProductAdded(11, { title: 'Compás' })] });
    await screen.drawn();
    expect(rows().join()).toContain('Compás');
    expect(screen.text).toContain('2 productos');
  });

  it('shows a title with markup as text', async () => {
    await open([aProduct({ title: '<img src=x onerror=alert(1)>' })]);
    expect(screen.byTestId('product-row')!.querySelector('img')).toBeNull();
    expect(rows()[0]).toContain('<img src=x');
  });

  it('requests a picture without a referrer', async () => {
    await open([aProduct({ thumbnail: 'https://acme.com/e.png' })]);
    const picture = screen.byTestId('product-row')!.querySelector('img')!;
    expect([picture.src, picture.getAttribute('referrerpolicy'), picture.getAttribute('loading')]).toEqual([
      'https://acme.com/e.png',
      'no-referrer',
      'lazy',
    ]);
  });

  it('shows a drawing in place of a picture that cannot be loaded', async () => {
    await open([aProduct({ thumbnail: 'https://acme.com/gone.png' })]);
    screen.byTestId('product-row')!.querySelector('img')!.dispatchEvent(new Event('error'));
    await screen.drawn();
    expect(screen.byTestId('product-row')!.querySelector('img')).toBeNull();
    expect(screen.byTestId('product-row')!.querySelector('app-product-picture svg')).not.toBeNull();
  });

  it('keeps ten thousand products out of the document', async () => {
    await open(Array.from({ length: 10_000 }, (_, index) => aProduct({ id: index + 1 })));
    expect(rows().length).toBeGreaterThan(5);
    expect(rows().length).toBeLessThan(60);
    expect(screen.byTestId('product-table')!.getAttribute('aria-rowcount')).toBe('10001');
  });

  it('is filtered by title, code or category, whatever the accents', async () => {
    await open([
      aProduct({ id: 1, title: 'Globo terráqueo' }),
      aProduct({ id: 2, title: 'Regla', category: 'Geometría' }),
    ]);
    const { filter } = TestBed.inject(BoardView);
    filter.set('TERRAQUEO');
    await screen.drawn();
    expect(rows()).toHaveLength(1);
    expect(screen.text).toContain('1 de 2');
    filter.set('nada');
    await screen.drawn();
    expect(screen.text).toContain('Ningún producto coincide con «nada»');
    await press('Quitar los filtros');
    expect(rows()).toHaveLength(2);
  });

  it('is narrowed by chips, which can be pressed where they leave something', async () => {
    await open([
      aProduct({ id: 1, title: 'Globo', category: 'Aula', thumbnail: 'https://acme.com/g.png' }),
      aProduct({
        id: 2,
        title: 'Regla',
        category: 'Geometría',
        stock: 1,
        lowStock: 2,
        thumbnail: 'https://acme.com/r.png',
      }),
    ]);
    expect(screen.button('Sin imagen').disabled).toBe(true);
    await press('Stock bajo');
    expect(rows().join()).toContain('Regla');
    expect(rows()).toHaveLength(1);
    expect(screen.button('Stock bajo').getAttribute('aria-pressed')).toBe('true');
    await press('Quitar');
    const select = screen.byTestId('category-filter') as HTMLSelectElement;
    select.value = 'Aula';
    select.dispatchEvent(new Event('change'));
    await screen.drawn();
    expect(rows()).toHaveLength(1);
    expect(rows()[0]).toContain('Globo');
  });

  it('marks what has no more pieces than its threshold', async () => {
    await open([
      aProduct({ id: 1, stock: 2, lowStock: 2 }),
      aProduct({ id: 2, stock: 3, lowStock: 2 }),
      aProduct({ id: 3 }),
    ]);
    const low = screen.allByTestId('product-row').map((row) => row.querySelector('.pieces.low') !== null);
    expect(low).toEqual([true, false, false]);
  });

  it('is sorted by the column that is pressed', async () => {
    await open([aProduct({ id: 1, title: 'Regla' }), aProduct({ id: 2, title: 'Ábaco' })]);
    await press('Título');
    expect(rows()[0]).toContain('Ábaco');
    expect(cells.at(0, 'title')!.getAttribute('aria-sort')).toBe('ascending');
    await press('Título');
    expect(rows()[0]).toContain('Regla');
    expect(cells.at(0, 'title')!.getAttribute('aria-sort')).toBe('descending');
  });

  it('has the columns that are chosen, also the next time', async () => {
    await open([aProduct({ category: 'Aula' })]);
    const categories = [...screen.root.querySelectorAll<HTMLInputElement>('#board-options input')][2]!;
    categories.click();
    await screen.drawn();
    expect(cells.at(1, 'category')).toBeNull();
    socket = reloadedPage();
    await open([aProduct({ category: 'Aula' })]);
    expect(cells.at(1, 'category')).toBeNull();
    expect(cells.at(1, 'stock')).not.toBeNull();
  });
});

describe('removing a product', () => {
  it('is done after a yes, for the version that the person saw', async () => {
    await open([aProduct({ id: 3, n: 8, title: 'Escuadra' })]);
    socket.answers('product:remove', () => ({ ok: true, data: { n: 11, at: NOON } }));
    await screen.press('Eliminar Escuadra');
    expect(dialogText()).toContain('¿Eliminar «Escuadra»?');
    document.querySelector<HTMLElement>('.swal2-confirm')!.click();
    await screen.drawn();
    expect(socket.payloads('product:remove')).toEqual([
      { id: expect.any(String), product: 3, base: 8, refers: { n: 8, command: 'command-8' } },
    ]);
  });

  it('is undone by bringing the product back under its id', async () => {
    await open([aProduct({ id: 3, n: 8, title: 'Escuadra' })]);
    socket.answers('product:remove', () => ({ ok: true, data: { n: 11, at: NOON } }));
    await screen.press('Eliminar Escuadra');
    document.querySelector<HTMLElement>('.swal2-confirm')!.click();
    await screen.drawn();
    const { id } = socket.payloads('product:remove')[0]!;
    const head = { at: NOON, product: 3 };
    socket.feed.next({ records: [{ ...head, n: 11, id, by: '', type: 'product-removed' }] });
    await screen.drawn();
    expect(screen.text).toContain('No hay productos');
    const { fields } = aProductAdded(1, { title: 'Escuadra' });
    socket.answers('product:restore', (payload) => {
      const back = { ...head, n: 12, id: payload.id, by: '', type: 'product-restored', fields, stock: 5 } as const;
      socket.feed.next({ records: [back] });
      return { ok: true, data: { n: 12, at: NOON } } as never;
    });
    expect(textOf(screen.byTestId('undo'))).toContain('«Escuadra» eliminado');
    await press('Deshacer');
    expect(socket.payloads('product:restore')).toEqual([
      { id: expect.any(String), product: 3, refers: { n: 11, command: id } },
    ]);
    expect(rows()[0]).toContain('Escuadra');
  });

  it('is not done after a no', async () => {
    await open([aProduct({ title: 'Escuadra' })]);
    await screen.press('Eliminar Escuadra');
    document.querySelector<HTMLElement>('.swal2-cancel')!.click();
    await screen.drawn();
    expect(socket.payloads('product:remove')).toEqual([]);
  });

  it('is not offered to a visitor, who is asked for a name', async () => {
    await open([aProduct({ title: 'Escuadra' })], false);
    for (const verb of ['Eliminar', 'Sumar stock de', 'Restar stock de']) await screen.press(`${verb} Escuadra`);
    await cells.type(1, 'price', '12');
    await cells.press('Enter');
    expect(asked).toBe(4);
    expect(dialogText()).toBe('');
  });
});

describe('a product beside the board', () => {
  it('is opened by its name, and closed without a question; the keyboard goes on in the table', async () => {
    await open([aProduct({ title: 'Escuadra', description: 'De madera' })]);
    await press('Editar Escuadra');
    expect(panel()!.getAttribute('aria-label')).toContain('Escuadra');
    expect(panel()!.querySelector('textarea')!.value).toBe('De madera');
    await cells.press('Escape');
    expect(panel()).toBeNull();
    expect(dialogText()).toBe('');
    expect(screen.byTestId('product-table')!.contains(document.activeElement)).toBe(true);
  });

  it('is for looking only, to a visitor', async () => {
    await open([aProduct({ title: 'Escuadra' })], false);
    await press('Editar Escuadra');
    expect(panel()!.querySelector('fieldset')!.disabled).toBe(true);
    expect(asked).toBe(0);
  });

  it('stays open when what was saved in the one before it is answered', async () => {
    await open([aProduct({ title: 'Escuadra' })]);
    let answer = (_saved: Saved): void => undefined;
    const answered = new Promise<Saved>((resolve) => {
      answer = resolve;
    });
    socket.answers('product:change', () => answered);
    await press('Editar Escuadra');
    const price = panel()!.querySelector<HTMLInputElement>('input[inputmode="decimal"]')!;
    price.value = '9';
    price.dispatchEvent(new Event('input', { bubbles: true }));
    await press('Guardar');
    expect(socket.payloads('product:change')).toHaveLength(1);
    answer({ ok: true, data: { n: 11, at: NOON } });
    await press('Editar Escuadra');
    expect(panel()).not.toBeNull();
  });

  it('is gone with its product, when that is removed there', async () => {
    await open([aProduct({ title: 'Escuadra' })]);
    socket.answers('product:remove', () => ({ ok: true, data: { n: 11, at: NOON } }));
    await press('Editar Escuadra');
    panel()!.querySelector<HTMLElement>('.remove')!.click();
    await screen.drawn();
    document.querySelector<HTMLElement>('.swal2-confirm')!.click();
    await screen.drawn();
    expect(panel()).toBeNull();
  });
});

describe('a visitor who loads the sample catalogue', () => {
  it('is asked for a name, which is also where the reason stands', async () => {
    await open([], false);
    await press('Cargar catálogo de ejemplo');
    expect(asked).toBe(1);
    expect(screen.text).not.toContain('Identifíquese');
    expect(socket.payloads('product:add')).toEqual([]);
  });
});
