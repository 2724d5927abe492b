import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { reduceMessage, type Ack, type Product, type SearchHit, type SearchPage } from 'backend/contract';
import { CHAT_PRODUCTS } from '../../chat/about/chat-products';
import { MessageJump } from '../../chat/message-jump';
import { ProductLinks } from '../../product-links';
import { UNANSWERED } from '../../realtime/requester';
import type { FakeSocket } from '../../testing/fake-socket';
import { flushPromises } from '../../testing/flush-promises';
import { Screen, fakePage, textOf } from '../../testing/page';
import { NOON, aMessagePosted, aProduct } from '../../testing/records';
import { PastOpener } from '../past-opener';
import { SearchPanel } from './search-panel';

let socket: FakeSocket;
let screen: Screen;

const said = (n: number, text: string): SearchHit => ({
  kind: 'message',
  n,
  message: reduceMessage(undefined, aMessagePosted(n, { text, by: 'beto@acme.com' }))!,
});
const ok = (hits: readonly SearchHit[], more = false): Ack<SearchPage> => ({ ok: true, data: { n: 10, hits, more } });

beforeEach(async () => {
  jest.useFakeTimers({ now: new Date(NOON), doNotFake: ['queueMicrotask', 'requestAnimationFrame', 'setImmediate'] });
  TestBed.configureTestingModule({ providers: [{ provide: CHAT_PRODUCTS, useExisting: ProductLinks }] });
  socket = fakePage();
  TestBed.inject(ProductLinks);
  TestBed.inject(PastOpener).show('search');
  const fixture = TestBed.createComponent(SearchPanel);
  screen = new Screen(fixture);
  document.body.append(fixture.nativeElement as Node);
  const messages = [reduceMessage(undefined, aMessagePosted(9, { by: 'beto@acme.com' }))!];
  await socket.join({ n: 10, messages, products: [aProduct({ id: 3, title: 'Calculadora', code: 'CAL' })] });
  await drawn();
});
afterEach(() => {
  jest.useRealTimers();
  document.body.replaceChildren();
});

async function drawn(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    TestBed.tick();
    await flushPromises();
  }
  TestBed.tick();
}

const input = () => screen.byTestId('search-input') as HTMLInputElement;
const options = () => screen.byRole('option').map(textOf);
const asked = () => socket.payloads('search');

async function types(text: string, wait = 500): Promise<void> {
  input().value = text;
  input().setSelectionRange(text.length, text.length);
  input().dispatchEvent(new Event('input', { bubbles: true }));
  await drawn();
  jest.advanceTimersByTime(wait);
  await drawn();
}

async function press(key: string): Promise<void> {
  input().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  await drawn();
}

describe('the search over everything', () => {
  it('asks when somebody pauses, and shows who said what and when, with the words marked', async () => {
    socket.answers('search', () => ok([said(7, 'Quedan seis paquetes de papel')]));
    await types('pa', 10);
    await types('papel');
    expect(asked()).toMatchObject([{ query: 'papel', limit: 20 }]);
    expect(options()[0]).toMatch(/Quedan seis paquetes de papel.*beto@acme.com \d\d\/\d\d\/2026/);
    expect(textOf(screen.root.querySelector('mark'))).toBe('papel');
  });

  it('passes over an answer that comes after that to a later question', async () => {
    let late: (answer: Ack<SearchPage>) => void = () => undefined;
    socket.answers('search', ({ query }) =>
      query === 'uno'
        ? new Promise((resolve) => {
            late = resolve;
          })
        : ok([said(7, 'dos')]),
    );
    await types('uno');
    await types('dos');
    late(ok([said(6, 'uno')]));
    await drawn();
    expect(options()[0]).toContain('dos');
  });

  it('shows more on demand, older than the last one', async () => {
    socket.answers('search', ({ before }) => (before ? ok([said(3, 'viejo')]) : ok([said(7, 'nuevo')], true)));
    await types('algo');
    screen.button('Más').click();
    await drawn();
    expect(asked()[1]).toMatchObject({ before: 7 });
    expect(options()).toHaveLength(2);
    expect(screen.text).not.toContain('Más');
  });

  it('completes an operator by keyboard, and then looks for it', async () => {
    socket.answers('search', () => ok([]));
    await types('de:be');
    expect(options()).toEqual(['de:beto@acme.com']);
    expect(asked()).toEqual([{ query: 'de:be', zone: expect.any(String), limit: 20 }]);
    await press('Enter');
    expect(input().value).toBe('de:beto@acme.com ');
    jest.advanceTimersByTime(500);
    await drawn();
    expect(asked().at(-1)).toMatchObject({ query: 'de:beto@acme.com' });
    expect(textOf(screen.byTestId('search-status'))).toBe('Nada encontrado');
  });

  it('says what is wrong with an operator, and does not ask', async () => {
    await types('antes:nunca');
    expect(textOf(screen.byRole('alert')[0])).toContain('escriba una fecha');
    expect(input().getAttribute('aria-invalid')).toBe('true');
    expect(asked()).toEqual([]);
  });

  it('says why the server refused', async () => {
    const fields = [{ field: 'query', rule: 'isDate' }];
    socket.answers('search', () => ({ ok: false, error: { code: 'INVALID', message: 'No.', retry: false, fields } }));
    await types('papel');
    expect(textOf(screen.byRole('alert')[0])).toContain('escriba una fecha');
    socket.answers('search', () => UNANSWERED);
    await types('papeles');
    expect(textOf(screen.byRole('alert')[0])).toContain('El servidor tuvo un problema');
  });

  it('says that it needs a connection, and asks when there is one again', async () => {
    socket.answers('search', () => ok([said(7, 'papel')]));
    socket.disconnect();
    await types('papel');
    expect(screen.text).toContain('Sin conexión');
    expect(asked()).toEqual([]);
    socket.connect();
    await drawn();
    jest.advanceTimersByTime(500);
    await drawn();
    expect(options()).toHaveLength(1);
  });

  it('leads to the message that the arrow keys chose', async () => {
    const shown: number[] = [];
    TestBed.inject(MessageJump).shows((n) => shown.push(n));
    socket.answers('search', () => ok([said(9, 'papel'), said(8, 'papeles')]));
    await types('papel');
    await press('ArrowDown');
    expect(input().getAttribute('aria-activedescendant')).toBe('found-1');
    await press('ArrowUp');
    await press('Enter');
    expect([shown, TestBed.inject(PastOpener).open()]).toEqual([[9], null]);
  });

  it('shows what was said around a message that is too old', async () => {
    socket.answers('search', () => ok([said(2, 'papel')]));
    socket.answers('chat:history', ({ before }) => ({
      ok: true,
      data: {
        messages: [1, 2, 3].map((n) => reduceMessage(undefined, aMessagePosted(n))!).filter((it) => it.n < before),
        more: false,
      },
    }));
    await types('papel');
    await press('Enter');
    expect(textOf(screen.byTestId('around'))).toContain('message 3');
    expect(textOf(screen.root.querySelector('[aria-current]'))).toContain('message 2');
    await screen.press('Volver');
    await drawn();
    expect(options()).toHaveLength(1);
  });

  it('opens a product, also one that was removed', async () => {
    const opened: Product[] = [];
    TestBed.inject(ProductLinks).opens((product) => opened.push(product));
    const gone = aProduct({ id: 5, title: 'Regla' });
    const change = { type: 'product-removed', n: 8, at: NOON, by: 'ana@acme.com', id: 'c', product: 5 } as const;
    socket.answers('search', () => ok([{ kind: 'change', n: 8, change, title: 'Regla' }]));
    socket.answers('product:then', () => ({ ok: true, data: { n: 10, products: [null, gone] } }));
    await types('regla');
    expect(options()[0]).toContain('Eliminado');
    screen.byRole('option')[0]!.click();
    await drawn();
    expect(socket.payloads('product:then')).toEqual([
      {
        of: [
          { product: 5, n: 8 },
          { product: 5, n: 7 },
        ],
      },
    ]);
    expect(opened).toEqual([gone]);
  });
});
