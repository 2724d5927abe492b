import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Ack, ProductsThen as Answer, Product } from 'backend/contract';
import { Connection } from '../../realtime/connection';
import { flushPromises } from '../../testing/flush-promises';
import type { FakeSocket } from '../../testing/fake-socket';
import { Screen, fakePage, textOf } from '../../testing/page';
import { aProduct } from '../../testing/records';
import { CHAT_PRODUCTS } from './chat-products';
import { FakeProducts } from './fake-products';
import type { CardedMessage } from './product-card';
import { ProductCards } from './product-cards';

const calculator = aProduct({ id: 3, n: 3, title: 'Calculadora', code: 'CAL', price: 345.67, stock: 12 });

let socket: FakeSocket;
let products: FakeProducts;
let screen: Screen;

beforeEach(async () => {
  socket = fakePage();
  products = new FakeProducts(calculator);
  TestBed.configureTestingModule({ providers: [{ provide: CHAT_PRODUCTS, useValue: products }] });
  TestBed.inject(Connection);
  await socket.join({ n: 3 });
});
afterEach(() => {
  jest.useRealTimers();
});

async function show(message: Partial<CardedMessage> = {}, member: string | null = 'ana@acme.com'): Promise<void> {
  const fixture = TestBed.createComponent(ProductCards);
  fixture.componentRef.setInput('message', { n: 7, about: [3], ...message });
  fixture.componentRef.setInput('member', member);
  screen = new Screen(fixture);
  await settled();
}

async function settled(): Promise<void> {
  await screen.settled();
  await flushPromises();
  await screen.settled();
}

/** The server answers that this is how it was. */
const then = (n: number, ...states: (Product | null)[]): Ack<Answer> => ({ ok: true, data: { n, products: states } });
const cards = () => screen.allByTestId('product-card').map(textOf);

describe('the card of a product that somebody wrote about', () => {
  it('is as the product is now, and asks for nothing while nothing has changed since', async () => {
    await show();
    expect(cards()).toEqual(['Calculadora 345,67 · 12']);
    expect(socket.payloads('product:then')).toEqual([]);
  });

  it('shows then and now when the page has seen it change, and asks for nothing', async () => {
    await show();
    products.set({ ...calculator, n: 8, price: 329.9, stock: 9 });
    await settled();
    expect(cards()).toEqual(['Calculadora 345,67 → 329,90 · 12 → 9']);
    products.set({ ...calculator, n: 9, price: 345.67, stock: 9 });
    await settled();
    expect(cards()).toEqual(['Calculadora 345,67 · 12 → 9']);
  });

  it('asks how it was when it has changed since', async () => {
    socket.answers('product:then', () => then(9, calculator));
    products.set({ ...calculator, n: 9, price: 329.9 });
    await show();
    expect(cards()).toEqual(['Calculadora 345,67 → 329,90 · 12']);
    expect(socket.payloads('product:then')).toEqual([{ of: [{ product: 3, n: 7 }] }]);
  });

  it('does not take for changed what this member has changed and the server has not stored', async () => {
    products.set({ ...calculator, stock: 11, waiting: 'changed' });
    await show();
    expect(cards()).toEqual(['Calculadora 345,67 · 11']);
    products.set({ ...calculator, n: 8, stock: 11 });
    socket.answers('product:then', () => then(9, calculator));
    await settled();
    expect(cards()).toEqual(['Calculadora 345,67 · 12 → 11']);
  });

  it('is one for each product, with one question for all of them', async () => {
    products.set(...[4, 5].map((id) => aProduct({ id, n: 9, stock: 1 })));
    socket.answers('product:then', () => then(9, aProduct({ id: 4, stock: 2 }), null));
    await show({ about: [3, 4, 5] });
    expect(cards()).toEqual(['Calculadora 345,67 · 12', 'Product 4 10,00 · 2 → 1', 'Product 5 10,00 · 1']);
    expect(socket.payloads('product:then')).toEqual([{ of: [4, 5].map((product) => ({ product, n: 7 })) }]);
  });

  it('asks for a hundred at a time', async () => {
    products.set(...Array.from({ length: 150 }, (_, index) => aProduct({ id: index + 10, n: 900 })));
    socket.answers('product:then', ({ of }) => then(900, ...of.map(() => null)));
    await show({ about: Array.from({ length: 150 }, (_, index) => index + 10) });
    expect(socket.payloads('product:then').map(({ of }) => of.length)).toEqual([100, 50]);
  });

  it('asks again while the server has not indexed that far, and shows how it is now meanwhile', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick', 'requestAnimationFrame'] });
    let indexed = 6;
    socket.answers('product:then', () => then(indexed, indexed < 7 ? null : calculator));
    products.set({ ...calculator, n: 9, stock: 2 });
    await show();
    expect(cards()).toEqual(['Calculadora 345,67 · 2']);
    indexed = 9;
    await jest.advanceTimersByTimeAsync(5_000);
    await settled();
    expect(cards()).toEqual(['Calculadora 345,67 · 12 → 2']);
    expect(socket.payloads('product:then')).toHaveLength(2);
  });

  it('shows only how it is now when that is refused, and asks again over the next connection', async () => {
    socket.answers('product:then', () => ({ ok: false, error: { code: 'INTERNAL', message: 'No.', retry: true } }));
    products.set({ ...calculator, n: 9, stock: 2 });
    await show();
    expect(cards()).toEqual(['Calculadora 345,67 · 2']);
    socket.disconnect();
    socket.answers('product:then', () => then(9, calculator));
    await socket.join({ n: 9 });
    await settled();
    expect(cards()).toEqual(['Calculadora 345,67 · 12 → 2']);
  });

  it('opens the product', async () => {
    await show();
    screen.byTestId('product-card')!.click();
    expect(products.opened).toEqual([3]);
  });

  it('says what the message has moved', async () => {
    await show({
      about: [3],
      moves: [
        { product: 3, delta: -3, stock: 12, note: 'rotura' },
        { product: 3, delta: 0, stock: 12 },
      ],
    });
    expect(cards()).toEqual(['Calculadora 345,67 · 12 15 → 12 · rotura 12 → 12']);
  });
});

describe('a product that was removed', () => {
  it('is so called, by what it was called last, and a member can bring it back', async () => {
    await show();
    products.remove(3);
    await settled();
    expect(cards()).toEqual(['Calculadora Retirado Deshacer']);
    await screen.press('Deshacer');
    expect(products.restored).toEqual([calculator]);
  });

  it('is called as it was then when it was removed before the page was opened; a visitor only reads it', async () => {
    products.remove(3, false);
    socket.answers('product:then', () => then(9, calculator));
    await show({}, null);
    expect(cards()).toEqual(['Calculadora Retirado']);
  });

  it('is not said of one that has not come yet', async () => {
    products.remove(3, false);
    products.load(false);
    await show();
    expect(cards()).toEqual([]);
  });
});
