import { HttpTestingController } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SESSION_PATH, type ConflictingField, type Product, type Refused } from 'backend/contract';
import { App } from './app';
import { StockTaps } from './products/stock-taps';
import type { Command } from './realtime/command';
import { MemoryStorage } from './realtime/outbox-storage';
import type { FakeSocket } from './testing/fake-socket';
import { Screen, fakePage, textOf, withHeight } from './testing/page';
import { CODE_REFUSED, JOURNAL, NOON, OTHER_HISTORY, aProduct } from './testing/records';

const ANA = 'ana@acme.com';
const square = aProduct({ id: 3, n: 8, title: 'Escuadra', price: 10, stock: 5 });
const full: Refused = { code: 'STORAGE_FULL', message: 'Full.', retry: false };
const priceConflict: ConflictingField = { field: 'price', yours: 12, theirs: 15, by: 'bea@acme.com', at: NOON };
const stockConflict: ConflictingField = { ...priceConflict, field: 'stock', yours: -18, theirs: 5 };
const conflict = (field: ConflictingField): Refused => ({
  code: 'CONFLICT',
  message: 'Changed meanwhile.',
  retry: false,
  fields: [field],
});

let storage: MemoryStorage;
let socket: FakeSocket;
let screen: Screen;
let http: HttpTestingController;

withHeight();
beforeEach(() => {
  storage = new MemoryStorage();
});
afterEach(() => {
  http.match(() => true);
  document.body.replaceChildren();
});

/** What Ana submitted before the page was loaded. */
async function stored(command: Command, refused?: Refused): Promise<void> {
  const order = (await storage.load()).length + 1;
  const { id } = command.payload;
  await storage.put({ id, by: ANA, at: NOON, order, tab: 'before', command, ...(refused && { refused }) });
}

/** The page is loaded, and knows Ana. */
async function open(products: readonly Product[] = [square]): Promise<void> {
  socket = fakePage(storage);
  socket.answers('product:history', () => ({ ok: true, data: { records: [], more: false } }));
  http = TestBed.inject(HttpTestingController);
  const fixture = TestBed.createComponent(App);
  document.body.append(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  await socket.join({ n: 10, products });
  for (const request of http.match({ method: 'GET', url: SESSION_PATH })) request.flush({ email: ANA });
  await screen.drawn();
}

async function press(name: string): Promise<void> {
  await screen.press(name);
  await screen.drawn();
}

/** Bea takes pieces meanwhile. */
async function beaMoves(delta: number, stock: number, n = 11): Promise<void> {
  const head = { n, at: NOON, by: 'bea@acme.com', id: `move-${n}`, product: 3 };
  socket.feed.next({ records: [{ ...head, type: 'stock-moved', delta, stock }] });
  await screen.drawn();
}

const refused = () => screen.allByTestId('refused-command').map(textOf);
const waiting = () => screen.allByTestId('waiting-command').map(textOf);
const buttons = () => [...screen.byTestId('refused-command')!.querySelectorAll('button')].map(textOf);
const bar = () => screen.byTestId('waiting-list-button');
const panel = () => screen.byTestId('product-panel');
const pieces = () => textOf(screen.byTestId('product-row')!.querySelector('.pieces'));
const move = (delta: number, note?: string): Command => ({
  name: 'stock:move',
  payload: { id: 'm', product: 3, delta, ...(note && { note }) },
});

describe('the list of what waits and what was refused', () => {
  it('is not there when there is nothing to say', async () => {
    await open();
    expect(bar()).toBeNull();
  });

  it('says in the bar how many there are, and in words what each of them is', async () => {
    await stored(move(-2, 'rotura'), full);
    await open();
    socket.disconnect();
    await press('Sumar stock de Escuadra');
    TestBed.inject(StockTaps).flush();
    await screen.drawn();
    expect(textOf(bar())).toBe('2');
    expect(bar()!.getAttribute('aria-label')).toBe('En espera: 1, rechazado: 1');
    expect(refused()[0]).toContain('Stock de «Escuadra»: −2 rotura');
    expect(waiting()[0]).toContain('Stock de «Escuadra»: +1');
  });

  it('loses what waited when the server has it', async () => {
    await open();
    socket.disconnect();
    await press('Sumar stock de Escuadra');
    TestBed.inject(StockTaps).flush();
    await screen.drawn();
    expect(waiting()).toHaveLength(1);
    socket.answers('stock:move', () => ({ ok: true, data: { n: 10, at: NOON, stock: 6 } }));
    await reconnect();
    expect(bar()).toBeNull();
  });
});

/** Nothing happened while the connection was away. */
async function reconnect(): Promise<void> {
  socket.answers('feed:join', () => ({ ok: true, data: { mode: 'resumed', journal: JOURNAL, n: 10, records: [] } }));
  socket.connect();
  for (const request of http.match({ method: 'GET', url: SESSION_PATH })) request.flush({ email: ANA });
  await screen.drawn();
}

describe('what was refused before the page was loaded', () => {
  it('is there with what it said and why, and is sent again as the same command', async () => {
    await stored(move(-4), full);
    await open();
    expect(refused()[0]).toContain('Stock de «Escuadra»: −4');
    expect(refused()[0]).toContain('El servidor no tiene espacio en disco');
    expect(pieces()).toBe('5');
    socket.answers('stock:move', () => ({ ok: true, data: { n: 10, at: NOON, stock: 1 } }));
    await press('Reintentar');
    expect(socket.payloads('stock:move').map(({ id }) => id)).toEqual(['m']);
    expect(refused()).toEqual([]);
    expect(await storage.load()).toEqual([]);
  });

  it('names the product also after its removal, and cannot be tried again then', async () => {
    await stored(move(-4), { code: 'NOT_FOUND', message: 'Gone.', retry: false });
    await open();
    const head = { n: 11, at: NOON, by: 'bea@acme.com', id: 'removal' };
    socket.feed.next({ records: [{ ...head, type: 'product-removed', product: 3 }] });
    await screen.drawn();
    expect(refused()[0]).toContain('Stock de «Escuadra»: −4');
    expect(buttons()).toEqual(['Descartar']);
    expect(screen.button('Descartar').disabled).toBe(false);
  });

  it('can be discarded', async () => {
    await stored(move(-18), conflict(stockConflict));
    await open();
    await press('Descartar');
    expect(refused()).toEqual([]);
    expect(await storage.load()).toEqual([]);
    expect(socket.payloads('stock:move')).toEqual([]);
  });

  it('is shown for review when somebody else changed the same, never applied silently', async () => {
    const payload = { id: 'edit', product: 3, base: 5, fields: { price: 12, title: 'Escuadra grande' } };
    await stored({ name: 'product:change', payload }, conflict(priceConflict));
    await open([{ ...square, price: 15 }]);
    expect(refused()[0]).toContain('Cambio de «Escuadra»: 12,00 · Escuadra grande');
    expect(textOf(screen.byTestId('product-row'))).not.toContain('Escuadra grande');
    expect(buttons()).toEqual(['Descartar', 'Revisar']);
    await press('Revisar');
    expect(document.activeElement?.getAttribute('data-column')).toBe('price');
    expect(textOf(screen.byTestId('conflict'))).toBe('Suyo 12,00 bea 15,00');
    expect(socket.payloads('product:change')).toEqual([]);
    socket.answers('product:change', () => ({ ok: true, data: { n: 10, at: NOON } }));
    await press('Precio: Suyo 12,00');
    const [{ id, ...sent }] = socket.payloads('product:change') as [typeof payload];
    expect(sent).toMatchObject({ product: 3, base: 8, fields: { price: 12, title: 'Escuadra grande' } });
    expect(id).not.toBe('edit');
    expect(refused()).toEqual([]);
    expect(panel()).toBeNull();
  });

  it('stays when the review is closed without a decision', async () => {
    const payload = { id: 'edit', product: 3, base: 5, fields: { description: 'De madera' } };
    const longer = { ...priceConflict, field: 'description', yours: 'De madera', theirs: 'De pino' };
    await stored({ name: 'product:change', payload }, conflict(longer));
    await open([{ ...square, description: 'De pino' }]);
    await press('Revisar');
    expect(textOf(screen.byTestId('conflict'))).toBe('Suyo De madera bea De pino');
    await press('Cerrar');
    expect(panel()).toBeNull();
    expect(refused()).toHaveLength(1);
    expect(await storage.load()).toHaveLength(1);
  });
});

it('a code that another product has is looked at in the form, which says so', async () => {
  const payload = { id: 'c', product: 3, base: 8, fields: { code: 'CAL' } };
  await stored({ name: 'product:change', payload }, CODE_REFUSED);
  await open();
  expect(refused()[0]).toContain('Ese código ya es de otro producto');
  await press('Revisar');
  expect([...panel()!.querySelectorAll('input')].map(({ value }) => value)).toContain('CAL');
  expect(textOf(panel())).toContain('Ese código ya es de otro producto');
});

describe('pieces that were to go and are not there', () => {
  it('say how many are left, as that is by now; one tap takes those', async () => {
    await stored(move(-18, 'venta'), conflict({ ...stockConflict, theirs: 7 }));
    await open([{ ...square, stock: 7 }]);
    expect(refused()[0]).toContain('Stock de «Escuadra»: −18 venta');
    expect(refused()[0]).toContain('Quedan 7');
    await beaMoves(-2, 5);
    expect(refused()[0]).toContain('Quedan 5');
    expect(buttons()).toEqual(['Descartar', 'Cambiar', 'Sacar 5']);
    socket.answers('stock:move', () => ({ ok: true, data: { n: 11, at: NOON, stock: 0 } }));
    await press('Sacar 5');
    const [sent] = socket.payloads('stock:move');
    expect(sent).toMatchObject({ product: 3, delta: -5, note: 'venta' });
    expect(sent?.id).not.toBe('m');
    expect(refused()).toEqual([]);
    expect(await storage.load()).toEqual([]);
  });

  it('can be changed where they were typed', async () => {
    await stored(move(-18), conflict(stockConflict));
    await open();
    await press('Cambiar');
    expect(screen.byTestId('product-row')!.querySelector('[data-testid="cell-editor"]')).not.toBeNull();
    expect(document.activeElement).toBe(screen.byTestId('cell-editor'));
    expect(socket.payloads('stock:move')).toEqual([]);
  });

  it('are offered nothing to take when nothing is left', async () => {
    await stored(move(-18), conflict({ ...stockConflict, theirs: 0 }));
    await open([{ ...square, stock: 0 }]);
    expect(refused()[0]).toContain('Quedan 0');
    expect(buttons()).toEqual(['Descartar', 'Cambiar']);
  });

  it('are not what pieces are that would be too many', async () => {
    await stored(move(18), conflict({ ...stockConflict, yours: 18 }));
    await open();
    expect(refused()[0]).toContain('Otra persona lo cambió mientras tanto');
    expect(buttons()).toEqual(['Descartar', 'Reintentar']);
  });
});

describe('what refers to another history than the server has by now', () => {
  const refers = { n: 5, command: 'of the other history' };
  const sentence = 'El historial del servidor es otro: se restauró una copia. Revíselo antes de enviarlo de nuevo';
  const edit = { id: 'edit', product: 3, base: 5, refers, fields: { price: 12 } };

  it('is not sent again as it was: an edit is opened over the product that there is', async () => {
    await stored({ name: 'product:change', payload: edit }, OTHER_HISTORY);
    await open();
    expect(refused()[0]).toContain('Cambio de «Escuadra»: 12,00');
    expect(refused()[0]).toContain(sentence);
    expect(buttons()).toEqual(['Descartar', 'Revisar']);
    await press('Revisar');
    expect(textOf(panel())).toContain(sentence);
    socket.answers('product:change', () => ({ ok: true, data: { n: 10, at: NOON } }));
    await press('Guardar');
    const [{ id: _id, ...sent }] = socket.payloads('product:change') as [typeof edit];
    expect(sent).toEqual({ product: 3, base: 8, refers: { n: 8, command: 'command-8' }, fields: { price: 12 } });
    expect(refused()).toEqual([]);
  });

  it.each<[string, Command]>([
    ['an edit of a product that is not there', { name: 'product:change', payload: { ...edit, product: 4 } }],
    ['a removal', { name: 'product:remove', payload: { id: 'removal', product: 3, base: 5, refers } }],
    ['a move of stock', { name: 'stock:move', payload: { id: 'move', product: 3, refers, delta: -1 } }],
  ])('can only be discarded: %s', async (_, command) => {
    await stored(command, OTHER_HISTORY);
    await open();
    expect(refused()[0]).toContain(sentence);
    expect(buttons()).toEqual(['Descartar']);
  });

  it('is said of pieces that were tapped away a moment ago, too; they are there again', async () => {
    await open();
    socket.answers('stock:move', () => ({ ok: false, error: OTHER_HISTORY }));
    await press('Restar stock de Escuadra');
    expect(pieces()).toBe('4');
    TestBed.inject(StockTaps).flush();
    await screen.drawn();
    expect(refused()[0]).toContain(sentence);
    expect(refused()[0]).not.toContain('Quedan');
    expect(buttons()).toEqual(['Descartar']);
    expect(pieces()).toBe('5');
  });
});
