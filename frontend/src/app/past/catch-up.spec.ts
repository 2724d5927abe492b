import { TestBed } from '@angular/core/testing';
import { HttpTestingController } from '@angular/common/http/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SESSION_PATH, reduceMessage, type CatchUp } from 'backend/contract';
import { App } from '../app';
import { CHAT_PRODUCTS } from '../chat/about/chat-products';
import { ProductLinks } from '../product-links';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage, textOf, withHeight } from '../testing/page';
import { NOON, aCatchUp, aMessagePosted, aProduct } from '../testing/records';
import { VisitMark } from './visit-mark';

let socket: FakeSocket;
let screen: Screen;

const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString();
const said = (n: number, text: string) => reduceMessage(undefined, aMessagePosted(n, { by: 'bea@acme.com', text }))!;
const globe = aProduct({ id: 3, title: 'Globo', price: 345.67, stock: 12 });
const cheaper = { ...globe, n: 8, price: 329.9, stock: 9 };
const missed: Partial<CatchUp> = {
  from: { n: 5, at: YESTERDAY },
  to: { n: 10, at: NOON },
  added: [aProduct({ id: 6, title: 'Mochila' })],
  changed: [{ then: globe, now: cheaper }],
  mentions: [said(9, '@ana mira')],
  messages: [said(10, 'Hola'), said(7, 'Buenas')],
  totals: { added: 1, removed: 0, changed: 1, mentions: 1, messages: 60 },
};

withHeight();
beforeEach(() => {
  jest.spyOn(document, 'hasFocus').mockReturnValue(true);
});
afterEach(() => {
  document.body.replaceChildren();
  jest.restoreAllMocks();
});

/** Ana was here yesterday, up to record 5. */
async function comeBack(found: Partial<CatchUp> = missed): Promise<void> {
  TestBed.configureTestingModule({ providers: [{ provide: CHAT_PRODUCTS, useExisting: ProductLinks }] });
  socket = fakePage();
  const http = TestBed.inject(HttpTestingController);
  socket.answers('catch-up', () => ({ ok: true, data: aCatchUp(found) }));
  socket.answers('mark:set', ({ n, of }) => ({ ok: true, data: { n, ...(of && { of }) } }));
  socket.answers('product:then', ({ of }) => ({ ok: true, data: { n: 10, products: of.map(() => null) } }));
  socket.answers('product:history', () => ({ ok: true, data: { records: [], more: false } }));
  TestBed.inject(VisitMark);
  const fixture = TestBed.createComponent(App);
  document.body.append(fixture.nativeElement as Node);
  screen = new Screen(fixture);
  await socket.join({
    n: 10,
    visit: { n: 5, at: YESTERDAY },
    products: [cheaper, aProduct({ id: 6, title: 'Mochila' })],
    messages: [said(7, 'Buenas'), said(9, '@ana mira'), said(10, 'Hola')],
  });
  for (const request of http.match({ method: 'GET', url: SESSION_PATH })) request.flush({ email: 'ana@acme.com' });
  await drawn();
}

async function drawn(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await screen.drawn();
}
const line = () => screen.byTestId('since-visit');
const panel = () => screen.byTestId('catch-up')!;
const section = (name: string) => textOf(screen.byTestId(`past-${name}`));

async function opens(): Promise<void> {
  await screen.press('Ver');
  await drawn();
}

describe('who comes back', () => {
  it('sees in one line how much happened, and may put it away', async () => {
    await comeBack();
    expect(textOf(line())).toMatch(/Desde su última visita \(ayer \d\d:\d\d\): 2 cambios, 61 mensajes/);
    await screen.press('Ahora no');
    expect(line()).toBeNull();
    expect(socket.payloads('mark:set').filter(({ of }) => of === 'visit')).toEqual([]);
  });

  it('sees nothing when nothing happened', async () => {
    await comeBack({ to: { n: 10, at: NOON } });
    expect(line()).toBeNull();
  });

  it('sees what is new, what changed from what to what, and who said what, those first that name the member', async () => {
    await comeBack();
    await opens();
    expect(section('added')).toBe('Productos nuevos 1 Mochila');
    expect(section('changed')).toMatch(/Globo Precio 345,67 → 329,90 Stock 12 → 9/);
    expect(screen.byTestId('past-removed')).toBeNull();
    const text = textOf(panel());
    expect(text.indexOf('Mensajes que lo mencionan')).toBeLessThan(text.indexOf('Buenas'));
    expect(section('messages')).toContain('y 58 más');
  });

  it('sees the steps of a change', async () => {
    await comeBack();
    await opens();
    const change = {
      type: 'stock-moved',
      n: 8,
      at: NOON,
      by: 'bea@acme.com',
      id: 'c',
      product: 3,
      delta: -3,
      stock: 9,
    };
    socket.answers('product:timeline', () => ({
      ok: true,
      data: { n: 10, entries: [{ n: 8, changes: [change as never] }], more: false },
    }));
    await screen.press('Pasos de Globo');
    await drawn();
    expect(textOf(screen.byTestId('steps'))).toContain('−3 bea@acme.com');
    expect(socket.payloads('product:timeline')).toMatchObject([{ product: 3, after: 5, before: 11 }]);
  });

  it('says that it was seen, which moves the mark', async () => {
    await comeBack();
    await opens();
    await screen.press('Marcar como visto');
    await drawn();
    expect(socket.payloads('mark:set')).toContainEqual({ n: 10, of: 'visit' });
    expect([screen.byTestId('catch-up'), line()]).toEqual([null, null]);
  });

  it('goes to a product, and to a message', async () => {
    await comeBack();
    await opens();
    screen.byTestId('past-changed')!.querySelector<HTMLElement>('.open')!.click();
    await drawn();
    expect(screen.byTestId('catch-up')).toBeNull();
    expect(textOf(screen.byTestId('product-panel')!.querySelector('h2'))).toBe('Globo');
    await opens();
    screen.byTestId('past-mentions')!.querySelector('button')!.click();
    await drawn();
    expect(screen.byTestId('catch-up')).toBeNull();
    expect(document.activeElement?.getAttribute('data-n')).toBe('9');
  });

  it('chooses any two moments', async () => {
    await comeBack();
    await opens();
    await screen.type('entre', '2026-03-01T08:00');
    await screen.type('y', '2026-03-01T07:00');
    await screen.press('Mostrar');
    expect(textOf(panel())).toContain('debe ser posterior');
    await screen.type('y', '2026-03-02T08:00');
    await screen.press('Mostrar');
    await drawn();
    expect(socket.payloads('catch-up').at(-1)).toEqual({
      from: { at: new Date('2026-03-01T08:00').toISOString() },
      to: { at: new Date('2026-03-02T08:00').toISOString() },
    });
    expect(textOf(panel().querySelector('h2'))).toContain('Qué cambió');
    expect(screen.byTestId('mark-seen')).toBeNull();
  });

  it('sees how far the index is', async () => {
    await comeBack();
    socket.answers('catch-up', () => ({ ok: true, data: aCatchUp({ n: 4 }) }));
    await opens();
    expect(textOf(screen.byTestId('indexing'))).toBe('indexando 40 %');
  });

  it('sees the board as it was, page after page, with what is different today', async () => {
    await comeBack();
    await opens();
    const gone = aProduct({ id: 2, title: 'Abaco', code: 'ABA' });
    socket.answers('board:at', ({ after }) => ({
      ok: true,
      data: {
        n: 10,
        place: { n: 5, at: YESTERDAY },
        products: after === 0 ? [gone] : [globe],
        more: after === 0,
        total: 2,
      },
    }));
    await screen.press('El tablero de entonces');
    await drawn();
    expect(socket.payloads('board:at')).toEqual([
      { at: { n: 5 }, after: 0, limit: 1_000 },
      { at: { n: 5 }, after: 2, limit: 1_000 },
    ]);
    const rows = [...screen.byTestId('board-then')!.querySelectorAll('tbody tr')].map(textOf);
    expect(rows[0]).toMatch(/^Abaco ?ABA.*ya no está$/);
    expect(rows[1]).toMatch(/^Globo.*Precio → 329,90 · Stock → 9$/);
    expect(textOf(panel())).toContain('2 productos');
  });
});
