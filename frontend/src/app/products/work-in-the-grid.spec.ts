import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Product } from 'backend/contract';
import { Cells } from '../testing/cells';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage, textOf, withHeight } from '../testing/page';
import { NOON, aProduct, aProductAdded } from '../testing/records';
import { BoardView } from './board-view';
import { ProductBoard } from './product-board';
import { ProductsStore } from './products-store';
import { StockTaps } from './stock-taps';

let socket: FakeSocket;
let screen: Screen;
let cells: Cells;

withHeight();
beforeEach(() => {
  socket = fakePage();
});
afterEach(() => document.body.replaceChildren());

/** A member's page. */
async function open(products: readonly Product[]): Promise<void> {
  const fixture = TestBed.createComponent(ProductBoard);
  fixture.componentRef.setInput('identified', true);
  document.body.append(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  cells = new Cells(screen);
  await socket.join({ n: 10, products });
  await screen.drawn();
}

async function press(name: string): Promise<void> {
  await screen.press(name);
  await screen.drawn();
}

const dialogText = () => textOf(document.querySelector('.swal2-popup'));
const pieces = () => textOf(screen.byTestId('product-row')!.querySelector('.pieces'));

describe('the keyboard', () => {
  const two = [aProduct({ id: 1, title: 'Regla', price: 10 }), aProduct({ id: 2, title: 'Ábaco' })];
  const sent = () => socket.payloads('product:change').map(({ product, fields }) => [product, fields]);

  beforeEach(async () => {
    socket.answers('product:change', () => ({ ok: true, data: { n: 10, at: NOON } }));
    await open(two);
  });

  it('goes on in the row that takes the place of one that is removed', async () => {
    await open([...two, aProduct({ id: 3, title: 'Compás' }), aProduct({ id: 4, title: 'Goma' })]);
    socket.answers('product:remove', () => ({ ok: true, data: { n: 11, at: NOON } }));
    const remove = async (id: number): Promise<void> => {
      cells.at(id, 'price')!.focus();
      await cells.press('Delete');
      document.querySelector<HTMLElement>('.swal2-confirm')!.click();
      await screen.drawn();
      const [{ id: command }] = [socket.payloads('product:remove').at(-1)!];
      const head = { n: 10 + socket.payloads('product:remove').length, id: command, by: '', at: NOON };
      socket.feed.next({ records: [{ ...head, product: id, type: 'product-removed' }] });
      await screen.drawn();
    };
    await remove(3);
    expect(document.activeElement).toBe(cells.at(4, 'price'));
    await remove(4);
    expect(document.activeElement).toBe(cells.at(2, 'price'));
  });

  it('has one tab stop in the table, and moves through it by arrows', async () => {
    const stops = () =>
      [...screen.byTestId('product-table')!.querySelectorAll<HTMLElement>('*')].filter((it) => it.tabIndex === 0);
    expect(stops()).toEqual([cells.at(1, 'title')]);
    cells.at(1, 'title')!.focus();
    await cells.press('ArrowDown');
    await cells.press('ArrowRight');
    expect(document.activeElement).toBe(cells.at(2, 'price'));
    expect(stops()).toEqual([cells.at(2, 'price')]);
    await cells.press('Home', { ctrlKey: true });
    expect(document.activeElement).toBe(cells.at(0, 'select'));
  });

  it('edits with Enter, saves with Enter and goes down', async () => {
    await cells.type(1, 'price', '1.234,50');
    await cells.press('Enter');
    expect(sent()).toEqual([[1, { price: 1234.5 }]]);
    expect(document.activeElement).toBe(cells.at(2, 'price'));
    expect(cells.editor).toBeNull();
  });

  it('leaves everything as it was with Escape', async () => {
    await cells.type(1, 'title', 'Cartabón');
    await cells.press('Escape');
    expect([cells.editor, document.activeElement]).toEqual([null, cells.at(1, 'title')]);
    expect(sent()).toEqual([]);
  });

  it('goes on with Tab to the next cell, which is edited, too', async () => {
    await cells.type(1, 'title', 'Cartabón');
    await cells.press('Tab');
    expect(sent()).toEqual([[1, { title: 'Cartabón' }]]);
    expect(cells.editor?.value).toBe('10');
    await cells.press('Tab', { shiftKey: true });
    expect(cells.editor?.getAttribute('aria-label')).toBe('Título');
    expect(sent()).toHaveLength(1);
  });

  it('begins with what is typed', async () => {
    cells.at(1, 'price')!.focus();
    await cells.press('7');
    expect(cells.editor?.value).toBe('7');
  });

  it('says what is wrong below the cell, and saves nothing', async () => {
    await cells.type(1, 'price', 'caro');
    expect(textOf(cells.at(1, 'price'))).toContain('Escriba un número, como 123,45');
    await cells.press('Enter');
    expect(cells.editor?.value).toBe('caro');
    expect(sent()).toEqual([]);
  });

  it('says below the cell whose a code is already, and saves nothing', async () => {
    socket.feed.next({ records: [aProductAdded(11, { title: 'Compás', code: 'COM-1' })] });
    await screen.drawn();
    await cells.type(1, 'code', 'com-1');
    expect(textOf(cells.at(1, 'code'))).toContain('Ese código ya es de «Compás»');
    await cells.press('Enter');
    expect(sent()).toEqual([]);
  });

  it('keeps what is typed when Ctrl is held, as for pasting', async () => {
    await cells.type(1, 'price', '12');
    cells.editor!.focus();
    await cells.press('Control', { ctrlKey: true });
    await cells.press('v', { ctrlKey: true });
    expect(cells.editor?.value).toBe('12');
  });

  it('goes on in the grid when the row that was typed into is gone', async () => {
    await cells.type(1, 'price', '12');
    TestBed.inject(BoardView).filter.set('Ábaco');
    await screen.drawn();
    cells.at(2, 'title')!.focus();
    await cells.press('ArrowRight');
    expect(document.activeElement).toBe(cells.at(2, 'price'));
  });

  it('undoes with Ctrl-Z', async () => {
    await cells.type(1, 'price', '12');
    await cells.press('Enter');
    await cells.press('z', { ctrlKey: true });
    expect(sent()).toEqual([
      [1, { price: 12 }],
      [1, { price: 10 }],
    ]);
  });
});

describe('several products at once', () => {
  const three = [1, 2, 3].map((id) =>
    aProduct({ id, title: `P${id}`, price: 10.1 * id, category: id === 2 ? 'Oferta' : '' }),
  );
  const changed = () => socket.payloads('product:change').map(({ product, fields }) => [product, fields]);

  beforeEach(async () => {
    let n = 10;
    socket.answers('product:change', () => ({ ok: true, data: { n: ++n, at: NOON } }));
    socket.answers('product:remove', () => ({ ok: true, data: { n: ++n, at: NOON } }));
    await open(three);
  });

  async function select(...names: string[]): Promise<void> {
    for (const name of names) {
      screen.field(name).click();
      await screen.drawn();
    }
  }

  it('get one category, where they have another one, and one undo', async () => {
    await select('Seleccionar P1', 'Seleccionar P2');
    expect(textOf(screen.byTestId('bulk'))).toContain('2 seleccionados');
    const category = screen.byTestId('bulk')!.querySelector('input')!;
    expect(screen.button('Poner categoría').disabled).toBe(true);
    category.value = 'Oferta';
    category.dispatchEvent(new Event('input'));
    await screen.drawn();
    await press('Poner categoría');
    expect(changed()).toEqual([[1, { category: 'Oferta' }]]);
    expect(screen.byTestId('bulk')).toBeNull();
    await press('Deshacer');
    expect(changed()[1]).toEqual([1, { category: '' }]);
  });

  it('get prices by percent, with the decimals that a price has', async () => {
    await select('Seleccionar todo');
    await screen.type('Cambio de precio en %', '-12,5 %');
    await press('Cambiar precios');
    expect(changed()).toEqual([
      [1, { price: 8.84 }],
      [2, { price: 17.68 }],
      [3, { price: 26.51 }],
    ]);
  });

  it('keep their prices when it is no percentage', async () => {
    await select('Seleccionar P1');
    await screen.type('Cambio de precio en %', 'mucho');
    await press('Cambiar precios');
    expect(screen.byRole('alert').map(textOf)).toContain('Escriba un número, como 123,45');
    expect(changed()).toEqual([]);
  });

  it('are removed after one yes', async () => {
    await select('Seleccionar P1', 'Seleccionar P3');
    screen.byTestId('bulk')!.querySelector<HTMLElement>('.remove')!.click();
    await screen.drawn();
    expect(dialogText()).toContain('¿Eliminar 2 productos?');
    document.querySelector<HTMLElement>('.swal2-confirm')!.click();
    await screen.drawn();
    expect(socket.payloads('product:remove').map(({ product }) => product)).toEqual([1, 3]);
  });

  it('do not include one that somebody has removed meanwhile, nor one that is not there yet', async () => {
    socket.answers('product:add', () => Promise.race<never>([]));
    socket.disconnect();
    void TestBed.inject(ProductsStore).add({ title: 'P4', price: 4, stock: 2 });
    await screen.drawn();
    await select('Seleccionar todo');
    expect(textOf(screen.byTestId('bulk'))).toContain('3 seleccionados');
    await socket.join({ n: 11, products: three.slice(1) });
    await screen.drawn();
    expect(textOf(screen.byTestId('bulk'))).toContain('2 seleccionados');
  });
});

describe('moving stock', () => {
  const question = () => screen.byTestId('stock-question');
  const sent = () => socket.payloads('stock:move').map(({ delta, note }) => [delta, note]);

  beforeEach(() => {
    socket.answers('stock:move', () => ({ ok: true, data: { n: 10, at: NOON, stock: 4 } }));
  });

  it('says how many go, how many are left, and asks why', async () => {
    await open([aProduct({ id: 3, title: 'Escuadra', stock: 7 })]);
    await cells.type(3, 'stock', '-3');
    await cells.press('Enter');
    expect(textOf(question())).toContain('Escuadra 7 → 4');
    expect(textOf(document.activeElement)).toBe('venta');
    expect(sent()).toEqual([]);
    await press('rotura');
    expect(socket.payloads('stock:move')).toEqual([
      { id: expect.any(String), product: 3, refers: { n: 3, command: 'command-3' }, delta: -3, note: 'rotura' },
    ]);
    expect(question()).toBeNull();
  });

  it('sends the difference to what was counted', async () => {
    await open([aProduct({ id: 3, title: 'Escuadra', stock: 7 })]);
    await cells.type(3, 'stock', '=40');
    await cells.press('Enter');
    await press('recuento');
    expect(sent()).toEqual([[33, 'recuento']]);
  });

  it('needs no reason', async () => {
    await open([aProduct({ id: 3, title: 'Escuadra', stock: 7 })]);
    await cells.type(3, 'stock', '+2');
    await cells.press('Enter');
    await press('Sin motivo');
    expect(sent()).toEqual([[2, undefined]]);
  });

  it('is taken back with Escape, before it is sent', async () => {
    await open([aProduct({ id: 3, title: 'Escuadra', stock: 7 })]);
    await cells.type(3, 'stock', '-3');
    await cells.press('Enter');
    await cells.press('Escape');
    expect(question()).toBeNull();
    expect(sent()).toEqual([]);
    expect(pieces()).toBe('7');
  });

  it('says clearly that there are not enough', async () => {
    await open([aProduct({ title: 'Escuadra', stock: 2 })]);
    await cells.type(1, 'stock', '-3');
    expect(textOf(cells.at(1, 'stock'))).toContain('No hay tantas piezas');
    await cells.press('Enter');
    expect(question()).toBeNull();
    expect(sent()).toEqual([]);
  });

  it('says how many are left when others took some meanwhile, and offers those', async () => {
    await open([aProduct({ id: 3, title: 'Escuadra', stock: 7 })]);
    await cells.type(3, 'stock', '-6');
    await cells.press('Enter');
    const head = { n: 11, at: NOON, by: 'bea@acme.com', id: 'hers', product: 3 };
    socket.feed.next({ records: [{ ...head, type: 'stock-moved', delta: -3, stock: 4 }] });
    await screen.drawn();
    expect(textOf(question()!.querySelector('[role=alert]'))).toContain('4');
    expect(sent()).toEqual([]);
    await press('Sacar 4');
    await press('venta');
    expect(sent()).toEqual([[-4, 'venta']]);
  });

  it('is done at once by taps, never below zero, sent as one move, and undone', async () => {
    await open([aProduct({ title: 'Escuadra', stock: 2 })]);
    await press('Restar stock de Escuadra');
    await press('Restar stock de Escuadra');
    expect(pieces()).toBe('0');
    expect(screen.button('Restar stock de Escuadra').disabled).toBe(true);
    expect(sent()).toEqual([]);
    TestBed.inject(StockTaps).flush();
    await screen.drawn();
    expect(sent()).toEqual([[-2, undefined]]);
    expect(textOf(screen.byTestId('undo'))).toContain('«Escuadra»: salen 2');
    await press('Deshacer');
    expect(sent()[1]).toEqual([2, undefined]);
  });
});
