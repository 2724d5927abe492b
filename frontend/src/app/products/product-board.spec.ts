import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Product } from 'backend/contract';
import { flushPromises } from '../testing/flush-promises';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage, textOf } from '../testing/page';
import { NOON, aProduct, aProductAdded } from '../testing/records';
import { ProductBoard } from './product-board';

let socket: FakeSocket;
let screen: Screen;
let asked: number;

beforeEach(() => {
  socket = fakePage();
  // The rows in sight depend on a height, which a document without a layout does not have.
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 600 });
});
afterEach(() => {
  Reflect.deleteProperty(HTMLElement.prototype, 'clientHeight');
  document.body.replaceChildren();
});

async function open(products: readonly Product[] | null, identified = true): Promise<void> {
  const fixture = TestBed.createComponent(ProductBoard);
  fixture.componentRef.setInput('identified', identified);
  asked = 0;
  fixture.componentInstance.identifyNeeded.subscribe(() => asked++);
  document.body.append(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  if (products) await socket.join({ n: 10, products });
  await settled();
}

async function settled(): Promise<void> {
  await flushPromises();
  // The rows are measured in one frame and drawn in the next.
  await nextFrame();
  await nextFrame();
  await screen.settled();
}

const nextFrame = () =>
  new Promise((resolve) => {
    requestAnimationFrame(resolve);
  });
const rows = () => screen.allByTestId('product-row').map(textOf);
const dialogText = () => textOf(document.querySelector('mat-dialog-container, .swal2-popup'));

describe('the board', () => {
  it('is loading until the first list comes', async () => {
    await open(null);
    expect(screen.byRole('progressbar')).toHaveLength(1);
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
    await settled();
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
    await settled();
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
    await settled();
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
    await screen.type('Filtrar por título, código o categoría', 'TERRAQUEO');
    await settled();
    expect(rows()).toHaveLength(1);
    expect(screen.text).toContain('1 de 2');
    await screen.type('Filtrar por título, código o categoría', 'nada');
    expect(screen.text).toContain('Ningún producto coincide con «nada»');
    await screen.press('Quitar el filtro');
    await settled();
    expect(rows()).toHaveLength(2);
  });
});

describe('removing a product', () => {
  it('is done after a yes, for the version that the person saw', async () => {
    await open([aProduct({ id: 3, n: 8, title: 'Escuadra' })]);
    socket.answers('product:remove', () => ({ ok: true, data: { n: 11, at: NOON } }));
    await screen.press('Eliminar Escuadra');
    expect(dialogText()).toContain('¿Eliminar «Escuadra»?');
    document.querySelector<HTMLElement>('.swal2-confirm')!.click();
    await settled();
    expect(socket.payloads('product:remove')).toEqual([
      { id: expect.any(String), product: 3, base: 8, refers: { n: 8, command: 'command-8' } },
    ]);
  });

  it('is not done after a no', async () => {
    await open([aProduct({ title: 'Escuadra' })]);
    await screen.press('Eliminar Escuadra');
    document.querySelector<HTMLElement>('.swal2-cancel')!.click();
    await settled();
    expect(socket.payloads('product:remove')).toEqual([]);
  });

  it('is not offered to a visitor, who is asked for a name', async () => {
    await open([aProduct({ title: 'Escuadra' })], false);
    for (const verb of ['Eliminar', 'Editar', 'Sumar stock de', 'Restar stock de'])
      await screen.press(`${verb} Escuadra`);
    expect(asked).toBe(4);
    expect(dialogText()).toBe('');
  });
});

describe('moving stock', () => {
  const within = () => new Screen({ nativeElement: document.body, whenStable: settled } as never);

  it('says how many go, not how many are left', async () => {
    await open([aProduct({ id: 3, title: 'Escuadra', stock: 7 })]);
    socket.answers('stock:move', () => ({ ok: true, data: { n: 11, at: NOON, stock: 4 } }));
    await screen.press('Restar stock de Escuadra');
    await within().type('Cantidad', '3');
    expect(dialogText()).toContain('Quedarán 4');
    await within().type('Nota (opcional)', 'rotura');
    await within().press('Restar');
    expect(socket.payloads('stock:move')).toEqual([
      { id: expect.any(String), product: 3, refers: { n: 3, command: 'command-3' }, delta: -3, note: 'rotura' },
    ]);
  });

  it('says clearly that there are not enough', async () => {
    await open([aProduct({ title: 'Escuadra', stock: 2 })]);
    await screen.press('Restar stock de Escuadra');
    await within().type('Cantidad', '3');
    expect(dialogText()).toContain('No alcanza: solo quedan 2');
    await within().press('Restar');
    expect(socket.payloads('stock:move')).toEqual([]);
  });
});
