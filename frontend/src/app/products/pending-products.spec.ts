import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ConflictingField, Refused } from 'backend/contract';
import type { Command } from '../realtime/command';
import { Member } from '../realtime/member';
import { MemoryStorage } from '../realtime/outbox-storage';
import { flushPromises } from '../testing/flush-promises';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage, textOf } from '../testing/page';
import { JOURNAL, NOON, OTHER_HISTORY, aProduct, aProductAdded } from '../testing/records';
import { ProductBoard } from './product-board';
import { ProductsStore } from './products-store';

const ANA = 'ana@acme.com';
const square = aProduct({ id: 3, n: 8, title: 'Escuadra', price: 10, stock: 7 });
const CONFLICT: ConflictingField = { field: 'price', yours: 12, theirs: 15, by: 'bea@acme.com', at: NOON };
const conflict: Refused = { code: 'CONFLICT', message: 'Changed meanwhile.', retry: false, fields: [CONFLICT] };

let storage: MemoryStorage;
let socket: FakeSocket;
let screen: Screen;

beforeEach(() => {
  storage = new MemoryStorage();
  // The rows in sight depend on a height, which a document without a layout does not have.
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 600 });
});
afterEach(() => {
  Reflect.deleteProperty(HTMLElement.prototype, 'clientHeight');
  document.body.replaceChildren();
});

/** What Ana submitted before the page was loaded. */
async function stored(command: Command, refused?: Refused): Promise<void> {
  const order = (await storage.load()).length + 1;
  const { id } = command.payload;
  await storage.put({ id, by: ANA, at: NOON, order, tab: 'before', command, ...(refused && { refused }) });
}

/** The page is loaded; the server has the square only. */
async function open(): Promise<void> {
  socket = fakePage(storage);
  TestBed.inject(Member).become(ANA);
  const fixture = TestBed.createComponent(ProductBoard);
  fixture.componentRef.setInput('identified', true);
  document.body.append(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  await socket.join({ n: 10, products: [square] });
  await settled();
}

async function settled(): Promise<void> {
  await flushPromises();
  await nextFrame();
  await nextFrame();
  await screen.settled();
}

const nextFrame = () =>
  new Promise((resolve) => {
    requestAnimationFrame(resolve);
  });
const refused = () => screen.allByTestId('refused-command').map(textOf);
const rows = () => screen.allByTestId('product-row').map(textOf);
const within = () => new Screen({ nativeElement: document.body, whenStable: settled } as never);
const move = (id: string, delta: number): Command => ({ name: 'stock:move', payload: { id, product: 3, delta } });
const unanswered = () => Promise.race<never>([]);

/** Nothing happened while the connection was away. */
function resumes(): void {
  socket.answers('feed:join', () => ({ ok: true, data: { mode: 'resumed', journal: JOURNAL, n: 10, records: [] } }));
}

describe('what waits for the server', () => {
  it('is shown over what is confirmed, and marked', async () => {
    await open();
    socket.disconnect();
    await screen.press('Restar stock de Escuadra');
    await within().type('Cantidad', '3');
    await within().press('Restar');
    await settled();
    expect(rows()[0]).toContain('cambio en espera');
    expect(textOf(screen.byTestId('product-row')!.querySelector('.pieces'))).toBe('4');
    expect(screen.text).toContain('1 cambio en espera');
  });

  it('does not count twice in the dialog that still waits for its answer', async () => {
    await open();
    socket.answers('stock:move', unanswered);
    await screen.press('Restar stock de Escuadra');
    await within().type('Cantidad', '4');
    await within().press('Restar');
    const dialog = textOf(document.querySelector('mat-dialog-container'));
    expect(dialog).toContain('Ahora hay 7. Quedarán 3.');
    expect(dialog).not.toContain('No alcanza');
    expect(textOf(screen.byTestId('product-row')!.querySelector('.pieces'))).toBe('3');
  });

  it('is right when others move the stock before it, and when it is confirmed', async () => {
    await open();
    socket.answers('stock:move', unanswered);
    socket.disconnect();
    await screen.press('Restar stock de Escuadra');
    await within().press('Restar');
    resumes();
    socket.connect();
    await settled();
    const head = { at: NOON, product: 3, type: 'stock-moved' } as const;
    socket.feed.next({ records: [{ ...head, n: 11, id: 'hers', by: 'bea@acme.com', delta: 10, stock: 17 }] });
    await settled();
    const pieces = () => textOf(screen.byTestId('product-row')!.querySelector('.pieces'));
    expect(pieces()).toBe('16');
    const { id } = socket.payloads('stock:move')[0]!;
    socket.feed.next({ records: [{ ...head, n: 12, id, by: ANA, delta: -1, stock: 16 }] });
    await settled();
    expect(pieces()).toBe('16');
    expect(rows()[0]).not.toContain('en espera');
  });

  it('is a row of its own when it is a new product, until the server has it', async () => {
    await open();
    socket.disconnect();
    await TestBed.inject(ProductsStore).add({ title: 'Compás', price: 4, stock: 2 });
    await settled();
    expect(rows()[1]).toContain('Compás');
    expect(rows()[1]).toContain('por crear');
    expect(screen.button('Editar Compás').disabled).toBe(true);
    socket.answers('product:add', unanswered);
    resumes();
    socket.connect();
    await settled();
    const { id } = socket.payloads('product:add')[0]!;
    socket.feed.next({ records: [{ ...aProductAdded(11, { title: 'Compás' }), id, by: ANA }] });
    await settled();
    expect(rows()).toHaveLength(2);
    expect(screen.button('Editar Compás').disabled).toBe(false);
  });
});

it('a change that is made over one that waits refers to the confirmed version', async () => {
  await open();
  socket.answers('product:change', unanswered);
  const store = TestBed.inject(ProductsStore);
  for (const price of [11, 12]) void store.change(store.products()[0]!, { price });
  await settled();
  const about = { base: 8, refers: { n: 8, command: 'command-8' } };
  expect(socket.payloads('product:change')).toMatchObject([about, about]);
});

describe('what was refused before the page was loaded', () => {
  it('is there with what it said and why, and is sent again as the same command', async () => {
    await stored(move('m', -9), { code: 'STORAGE_FULL', message: 'Full.', retry: false });
    await open();
    expect(refused()[0]).toContain('Stock de «Escuadra»: −9');
    expect(refused()[0]).toContain('El servidor no tiene espacio en disco');
    socket.answers('stock:move', () => ({ ok: true, data: { n: 11, at: NOON, stock: 1 } }));
    await screen.press('Reintentar');
    await settled();
    expect(socket.payloads('stock:move').map(({ id }) => id)).toEqual(['m']);
    expect(refused()).toEqual([]);
    expect(await storage.load()).toEqual([]);
  });

  it('names the product also after its removal, and cannot be tried again then', async () => {
    await stored(move('m', -9), { code: 'NOT_FOUND', message: 'Gone.', retry: false });
    await open();
    const head = { n: 11, at: NOON, by: 'bea@acme.com', id: 'removal' };
    socket.feed.next({ records: [{ ...head, type: 'product-removed', product: 3 }] });
    await settled();
    expect(refused()[0]).toContain('Stock de «Escuadra»: −9');
    expect(screen.buttons().map(textOf)).not.toContain('Reintentar');
    expect(screen.button('Descartar').disabled).toBe(false);
  });

  it('can be discarded', async () => {
    await stored(move('m', -9), conflict);
    await open();
    await screen.press('Descartar');
    expect(refused()).toEqual([]);
    expect(await storage.load()).toEqual([]);
  });

  it('is shown for review when somebody else changed the same, never applied silently', async () => {
    const payload = { id: 'edit', product: 3, base: 5, fields: { price: 12, title: 'Escuadra grande' } };
    await stored({ name: 'product:change', payload }, conflict);
    await open();
    expect(refused()[0]).toContain('Cambio de «Escuadra»: 12,00 · Escuadra grande');
    await screen.press('Revisar');
    await settled();
    const dialog = () => textOf(document.querySelector('mat-dialog-container'));
    expect(dialog()).toContain('Otra persona cambió lo mismo');
    expect(dialog()).toContain('Lo suyo 12,00');
    socket.answers('product:change', () => ({ ok: true, data: { n: 11, at: NOON } }));
    await within().press('Guardar lo elegido');
    await settled();
    const [{ id, ...sent }] = socket.payloads('product:change') as [typeof payload];
    expect(sent).toMatchObject({ product: 3, base: 8, fields: { price: 12, title: 'Escuadra grande' } });
    expect(id).not.toBe('edit');
    expect(refused()).toEqual([]);
  });
});

describe('what refers to another history than the server has by now', () => {
  const refers = { n: 5, command: 'of the other history' };
  const sentence = 'El historial del servidor es otro: se restauró una copia. Revíselo antes de enviarlo de nuevo';
  const buttons = () => screen.byTestId('refused-command')!.querySelectorAll('button');
  const edit = { id: 'edit', product: 3, base: 5, refers, fields: { price: 12 } };

  it('is not sent again as it was: an edit is opened over the product that there is', async () => {
    await stored({ name: 'product:change', payload: edit }, OTHER_HISTORY);
    await open();
    expect(refused()[0]).toContain('Cambio de «Escuadra»: 12,00');
    expect(refused()[0]).toContain(sentence);
    expect([...buttons()].map(textOf)).toEqual(['Descartar', 'Revisar']);
    await screen.press('Revisar');
    await settled();
    expect(textOf(document.querySelector('mat-dialog-container'))).toContain(sentence);
    socket.answers('product:change', () => ({ ok: true, data: { n: 11, at: NOON } }));
    await within().press('Guardar');
    await settled();
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
    expect([...buttons()].map(textOf)).toEqual(['Descartar']);
  });

  it('is shown in the dialog that moves stock', async () => {
    await open();
    socket.answers('stock:move', () => ({ ok: false, error: OTHER_HISTORY }));
    await screen.press('Restar stock de Escuadra');
    await within().press('Restar');
    expect(textOf(document.querySelector('mat-dialog-container'))).toContain(sentence);
    expect(textOf(document.querySelector('mat-dialog-container'))).not.toContain('No alcanza');
  });
});
