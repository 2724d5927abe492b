import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Ack, ProductsPage, Stored } from 'backend/contract';
import { QUEUED } from '../realtime/connection';
import { flushPromises } from '../testing/flush-promises';
import { fakeSocket, type FakeSocket } from '../testing/fake-socket';
import { NOON, aMessagePosted, aProduct, aProductAdded } from '../testing/records';
import { ProductsStore } from './products-store';

const STORED: Ack<Stored> = { ok: true, data: { n: 9, at: NOON } };
const AN_ID: unknown = expect.stringMatching(/^[0-9a-f-]{36}$/);

let socket: FakeSocket;
let store: ProductsStore;

beforeEach(() => {
  socket = fakeSocket();
  store = TestBed.inject(ProductsStore);
});

const ids = (): number[] => store.products().map(({ id }) => id);

describe('the catalogue', () => {
  it('is loading until the first list comes, even if that is empty', async () => {
    expect(store.loading()).toBe(true);
    await socket.join();
    expect(store.loading()).toBe(false);
    expect(store.products()).toEqual([]);
  });

  it('is in the order in which the products were added', async () => {
    await socket.join({ n: 30, products: [aProduct({ id: 20 }), aProduct({ id: 3 })] });
    expect(ids()).toEqual([3, 20]);
  });

  it('follows what everybody does to it', async () => {
    await socket.join({ n: 2, products: [aProduct({ id: 1 }), aProduct({ id: 2 })] });
    const head = { at: NOON, by: 'bea@acme.com', id: 'x' };
    socket.feed.next({
      records: [
        aProductAdded(3, { title: 'New' }),
        { ...head, n: 4, type: 'product-changed', product: 1, fields: { price: 12 } },
        { ...head, n: 5, type: 'stock-moved', product: 1, delta: -2, stock: 3 },
        { ...head, n: 6, type: 'product-removed', product: 2 },
      ],
    });
    expect(ids()).toEqual([1, 3]);
    expect(store.products()[0]).toEqual(
      aProduct({ id: 1, n: 5, price: 12, stock: 3, by: 'bea@acme.com', command: 'x' }),
    );
  });

  it('follows what messages move, one record however many pieces of a product', async () => {
    await socket.join({ n: 2, products: [aProduct({ id: 1, stock: 5 }), aProduct({ id: 2, stock: 5 })] });
    const moves = [
      { product: 1, delta: -2, stock: 3 },
      { product: 2, delta: 4, stock: 9 },
      { product: 1, delta: -1, stock: 2 },
    ];
    socket.feed.next({ records: [aMessagePosted(3, { moves })] });
    expect(store.products().map(({ stock, n, command }) => ({ stock, n, command }))).toEqual([
      { stock: 2, n: 3, command: 'command-3' },
      { stock: 9, n: 3, command: 'command-3' },
    ]);
  });

  it('remembers the products that are gone, and only the latest hundred', async () => {
    const products = Array.from({ length: 150 }, (_, index) => aProduct({ id: index + 1 }));
    await socket.join({ n: 150, products });
    for (const { id } of products) {
      const head = { n: 150 + id, at: NOON, by: 'bea@acme.com', id: `removal-${id}` };
      socket.feed.next({ records: [{ ...head, type: 'product-removed', product: id }] });
    }
    expect(store.gone().map(({ id }) => id)).toEqual(products.slice(50).map(({ id }) => id));
  });

  it('has a product that was restored in its old place, as the record says', async () => {
    await socket.join({ n: 2, products: [aProduct({ id: 1 }), aProduct({ id: 2 })] });
    const head = { at: NOON, by: 'bea@acme.com', product: 1 };
    const { fields } = aProductAdded(1, { title: 'Old' });
    socket.feed.next({ records: [{ ...head, n: 3, id: 'removal', type: 'product-removed' }] });
    socket.feed.next({ records: [{ ...head, n: 4, id: 'return', type: 'product-restored', fields, stock: 6 }] });
    expect(ids()).toEqual([1, 2]);
    expect(store.products()[0]).toMatchObject({ title: 'Old', stock: 6, n: 4, command: 'return' });
  });

  it('says how much of a large board has come, and takes nothing for removed that is still on its way', async () => {
    const products = [1, 2, 3].map((id) => aProduct({ id }));
    await socket.join({ n: 3, products });
    socket.disconnect();
    let answer: (page: Ack<ProductsPage>) => void = () => undefined;
    const page = new Promise<Ack<ProductsPage>>((resolve) => {
      answer = resolve;
    });
    socket.answers('products:page', () => page);
    await socket.join({ n: 9, products: products.slice(0, 1), productTotal: 2 });
    expect(store.partly()).toEqual({ loaded: 1, total: 2 });
    expect(store.gone()).toEqual([]);
    answer({ ok: true, data: { n: 9, products: products.slice(2), more: false, total: 2 } });
    await flushPromises();
    expect(store.partly()).toBeUndefined();
    expect(ids()).toEqual([1, 3]);
    expect(store.gone().map(({ id }) => id)).toEqual([2]);
  });

  it('stays the same list while people only talk', async () => {
    await socket.join({ products: [aProduct()] });
    const before = store.products();
    socket.feed.next({ records: [aMessagePosted(1)] });
    expect(store.products()).toBe(before);
  });

  it('is replaced by a snapshot after a long time away', async () => {
    await socket.join({ n: 2, products: [aProduct({ id: 1 }), aProduct({ id: 2 })] });
    socket.disconnect();
    await socket.join({ n: 5_000, products: [aProduct({ id: 2 })] });
    expect(ids()).toEqual([2]);
  });
});

describe('a command', () => {
  beforeEach(() => socket.join());

  it('adds a product', async () => {
    socket.answers('product:add', () => ({ ok: true, data: { n: 9, at: NOON, product: aProduct({ id: 9 }) } }));
    const answer = await store.add({ title: 'Tuna', price: 3.5, stock: 4 });
    expect(answer).toMatchObject({ ok: true, data: { product: { id: 9 } } });
    expect(socket.payloads('product:add')).toEqual([{ id: AN_ID, title: 'Tuna', price: 3.5, stock: 4 }]);
  });

  it('changes only the fields that the person changed, from what the person saw', async () => {
    socket.answers('product:change', () => STORED);
    await store.change(aProduct({ id: 3, n: 7 }), { price: 4 });
    expect(socket.payloads('product:change')).toEqual([
      { id: AN_ID, product: 3, base: 7, refers: { n: 7, command: 'command-7' }, fields: { price: 4 } },
    ]);
  });

  it('names those of the same member about the product that are not answered yet', async () => {
    socket.disconnect();
    const product = aProduct({ id: 3, n: 7 });
    const first = store.submitChange(product, { price: 4 });
    store.submitChange(aProduct({ id: 4 }), { price: 4 });
    const second = store.submitMove(product, -1);
    void store.change(product, { price: 5 });
    store.submitRemove(product);
    for (const name of ['product:change', 'product:remove'] as const) socket.answers(name, () => STORED);
    socket.answers('stock:move', () => ({ ok: true, data: { n: 9, at: NOON, stock: 2 } }));
    socket.connect();
    await flushPromises();
    const third = socket.payloads('product:change')[2];
    expect(third).toMatchObject({ base: 7, baseCommands: [first.id, second.id] });
    expect(socket.payloads('product:remove')).toMatchObject([{ baseCommands: [first.id, second.id, third?.id] }]);
  });

  it('does not name those that were refused', async () => {
    const refused: Ack<Stored> = {
      ok: false,
      error: { code: 'CONFLICT', message: 'Changed meanwhile.', retry: false },
    };
    socket.answers('product:change', () => refused);
    await store.submitChange(aProduct({ id: 3 }), { price: 4 }).answer;
    await store.change(aProduct({ id: 3 }), { price: 5 });
    expect(socket.payloads('product:change')[1]).not.toHaveProperty('baseCommands');
  });

  it('removes the product that the person saw', async () => {
    socket.answers('product:remove', () => STORED);
    await store.submitRemove(aProduct({ id: 3, n: 7 })).answer;
    expect(socket.payloads('product:remove')).toEqual([
      { id: AN_ID, product: 3, base: 7, refers: { n: 7, command: 'command-7' } },
    ]);
  });

  it('moves stock, with a note if there is one', async () => {
    socket.answers('stock:move', () => ({ ok: true, data: { n: 9, at: NOON, stock: 2 } }));
    const product = aProduct({ id: 3, n: 7 });
    await store.submitMove(product, -3, 'broken').answer;
    await store.submitMove(product, 5).answer;
    const refers = { n: 7, command: 'command-7' };
    expect(socket.payloads('stock:move')).toEqual([
      { id: AN_ID, product: 3, refers, delta: -3, note: 'broken' },
      { id: AN_ID, product: 3, refers, delta: 5 },
    ]);
  });

  it('resolves to the refusal, with both values of a conflict', async () => {
    const conflict: Ack<Stored> = {
      ok: false,
      error: {
        code: 'CONFLICT',
        message: 'Somebody was faster.',
        retry: false,
        fields: [{ field: 'price', yours: 4, theirs: 5, by: 'bea@acme.com', at: NOON }],
      },
    };
    socket.answers('product:change', () => conflict);
    expect(await store.change(aProduct(), { price: 4 })).toEqual(conflict);
  });

  it('offline is queued at once, so that no form has to wait, and is pending until it is answered', async () => {
    socket.disconnect();
    socket.answers('product:change', () => STORED);
    expect(await store.change(aProduct(), { price: 4 })).toBe(QUEUED);
    expect(store.pending()).toBe(1);
    socket.connect();
    await flushPromises();
    expect(store.pending()).toBe(0);
    expect(socket.payloads('product:change')).toHaveLength(1);
  });
});
