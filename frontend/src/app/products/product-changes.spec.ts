import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Ack, Refused, Stored } from 'backend/contract';
import { Subject, firstValueFrom } from 'rxjs';
import { Member } from '../realtime/member';
import { flushPromises } from '../testing/flush-promises';
import { fakeSocket, type FakeSocket } from '../testing/fake-socket';
import { NOON, aProduct } from '../testing/records';
import { ProductChanges } from './product-changes';
import { ProductsStore } from './products-store';
import { UndoStack } from './undo-stack';

const square = aProduct({ id: 3, n: 8, title: 'Escuadra', price: 10, category: 'Dibujo', stock: 7 });
const circle = aProduct({ id: 5, n: 9, title: 'Compás', price: 20, category: 'Metal' });
const NEVER = firstValueFrom(new Subject<Ack<Stored>>());
const meanwhile: Refused = { code: 'CONFLICT', message: 'Changed meanwhile.', retry: false };

let socket: FakeSocket;
let changes: ProductChanges;
let store: ProductsStore;
let undo: UndoStack;
/** Of the records that the server stores. */
let n: number;

beforeEach(async () => {
  jest.useFakeTimers();
  socket = fakeSocket();
  store = TestBed.inject(ProductsStore);
  changes = TestBed.inject(ProductChanges);
  undo = TestBed.inject(UndoStack);
  await socket.join({ n: 10, products: [square, circle] });
  n = 10;
  for (const name of ['product:change', 'product:remove', 'product:restore'] as const)
    socket.answers(name, () => ({ ok: true, data: { n: ++n, at: NOON } }) as never);
  socket.answers('stock:move', () => ({ ok: true, data: { n: ++n, at: NOON, stock: 0 } }));
});
afterEach(() => {
  jest.useRealTimers();
});

const commands = () => socket.requests.filter(({ name }) => name !== 'feed:join');

async function undone(): Promise<void> {
  await flushPromises();
  undo.undo();
  await flushPromises();
}

/** What the undo command refers to: the record of the command that it undoes. */
const reference = () => ({ n: 11, command: (commands()[0]!.payload as { id: string }).id });

describe('undoing', () => {
  describe('when another member comes to this page', () => {
    const reverted = jest.fn();
    const answers = new Subject<Ack<Stored>>();
    beforeEach(() => {
      reverted.mockClear();
      const answer = firstValueFrom(answers);
      undo.push({ text: { key: 'undo.changed' }, submitted: { id: 'a', answer }, revert: reverted });
    });

    it('is not offered: it would be done in that one’s name', () => {
      TestBed.inject(Member).become('bea@acme.com');
      expect(undo.offer()).toBeNull();
      expect(undo.undo()).toBeUndefined();
    });

    it('ends, where the record that it undoes is answered only then', async () => {
      undo.undo();
      TestBed.inject(Member).become('bea@acme.com');
      answers.next({ ok: true, data: { n: 11, at: NOON } });
      await flushPromises();
      expect(reverted).not.toHaveBeenCalled();
    });
  });

  it('goes back step by step through changes of one field', async () => {
    /** The feed brings the newest command back as a record. */
    const stored = async (price: number): Promise<void> => {
      await flushPromises();
      const { id } = commands().at(-1)!.payload as { id: string };
      const head = { n, id, by: 'ana@acme.com', at: NOON, product: square.id };
      socket.feed.next({ records: [{ ...head, type: 'product-changed', fields: { price } }] });
      await flushPromises();
    };
    const now = () => store.products().find(({ id }) => id === square.id)!;
    changes.change(square, { price: 12 });
    await stored(12);
    changes.change(now(), { price: 13 });
    await stored(13);
    undo.undo();
    await stored(12);
    undo.undo();
    await flushPromises();
    expect(commands().at(-1)?.payload).toMatchObject({ base: 13, fields: { price: 10 } });
  });

  it('names what was undone and is not answered: two steps on one field are no conflict', async () => {
    changes.change(square, { price: 12 });
    await flushPromises();
    changes.change({ ...square, n: 11, price: 12 }, { price: 13 });
    await flushPromises();
    socket.answers('product:change', () => NEVER);
    undo.undo();
    await flushPromises();
    undo.undo();
    await flushPromises();
    const [, , second, first] = socket.payloads('product:change');
    expect(first).toMatchObject({ fields: { price: 10 }, baseCommands: expect.arrayContaining([second!.id]) });
  });

  it('a change puts back what was, from the version that it made', async () => {
    changes.change(square, { price: 12, category: 'Taller' });
    await undone();
    expect(socket.payloads('product:change')).toEqual([
      expect.objectContaining({ product: 3, base: 8, fields: { price: 12, category: 'Taller' } }),
      {
        id: expect.any(String),
        product: 3,
        base: 11,
        refers: reference(),
        fields: { price: 10, category: 'Dibujo' },
      },
    ]);
  });

  it('a move brings the pieces back', async () => {
    changes.move(square, -3, 'venta');
    await undone();
    expect(socket.payloads('stock:move')).toEqual([
      expect.objectContaining({ product: 3, delta: -3, note: 'venta' }),
      { id: expect.any(String), product: 3, refers: reference(), delta: 3 },
    ]);
  });

  it('a removal restores the product under its id', async () => {
    changes.remove(square);
    await undone();
    expect(socket.payloads('product:remove')).toMatchObject([{ product: 3, base: 8 }]);
    expect(socket.payloads('product:restore')).toEqual([{ id: expect.any(String), product: 3, refers: reference() }]);
  });

  it('a new product removes it', async () => {
    const product = aProduct({ id: 7, n: 12, command: 'mine' });
    socket.answers('product:add', () => ({ ok: true, data: { n: 12, at: NOON, product } }));
    const { title, price, thumbnail, description, code, category } = product;
    await changes.create({ title, price, thumbnail, description, code, category });
    await undone();
    expect(socket.payloads('product:remove')).toMatchObject([
      { product: 7, base: 12, refers: { n: 12, command: 'mine' } },
    ]);
  });

  it('what was done to several products at once takes all of it back', async () => {
    changes.changeAll([square, circle].map((product) => ({ product, fields: { category: 'Oferta' } })));
    expect(undo.offer()?.text).toEqual({ key: 'undo.many', count: 2 });
    await undone();
    const sent = socket.payloads('product:change').slice(2);
    expect(sent.map(({ product, fields }) => [product, fields.category])).toEqual([
      [5, 'Metal'],
      [3, 'Dibujo'],
    ]);
    undo.undo();
    await flushPromises();
    expect(commands()).toHaveLength(4);
  });

  it('goes back step by step, and ends', async () => {
    changes.move(square, -1);
    changes.remove(circle);
    await undone();
    await undone();
    await undone();
    expect(commands().map(({ name }) => name)).toEqual([
      'stock:move',
      'product:remove',
      'product:restore',
      'stock:move',
    ]);
  });
});

describe('undoing what the server does not have', () => {
  it('simply does not send it, while that is sure', async () => {
    socket.disconnect();
    changes.remove(square);
    expect(store.products()[0]?.waiting).toBe('removed');
    await undone();
    expect(store.products()[0]?.waiting).toBeUndefined();
    expect(store.pending()).toBe(0);
    socket.connect();
    await flushPromises();
    expect(commands()).toEqual([]);
  });

  it('waits for the answer to what may have arrived, and then puts it back', async () => {
    socket.answers('stock:move', () => Promise.race<never>([]));
    changes.move(square, -2);
    await flushPromises();
    socket.disconnect();
    await undone();
    expect(store.pending()).toBe(1);
    socket.answers('stock:move', () => ({ ok: true, data: { n: ++n, at: NOON, stock: 0 } }));
    socket.connect();
    await flushPromises();
    const deltas = socket.payloads('stock:move').map(({ delta }) => delta);
    expect(deltas).toEqual([-2, -2, 2]);
    const [first, again] = socket.payloads('stock:move');
    expect(again?.id).toBe(first?.id);
  });

  it('does nothing: what was refused changed nothing', async () => {
    socket.answers('product:change', () => ({ ok: false, error: meanwhile }));
    changes.change(square, { price: 12 });
    await undone();
    expect(socket.payloads('product:change')).toHaveLength(1);
    expect(store.refused()).toHaveLength(1);
  });
});

it('an undo that the server refuses, as somebody changed the same since, stays among the refused', async () => {
  changes.change(square, { price: 12 });
  await flushPromises();
  socket.answers('product:change', () => ({ ok: false, error: meanwhile }));
  await undone();
  expect(store.refused().map(({ command }) => command.payload)).toMatchObject([{ base: 11, fields: { price: 10 } }]);
});

describe('the offer to undo', () => {
  it('is about what was done last, and ends after 8 s; the keyboard can undo it still', async () => {
    changes.move(square, -3);
    expect(undo.offer()?.text).toEqual({ key: 'undo.taken', title: 'Escuadra', count: 3 });
    changes.move(circle, 2);
    expect(undo.offer()?.text).toEqual({ key: 'undo.added', title: 'Compás', count: 2 });
    jest.advanceTimersByTime(7_999);
    expect(undo.offer()).not.toBeNull();
    jest.advanceTimersByTime(1);
    expect(undo.offer()).toBeNull();
    await undone();
    expect(socket.payloads('stock:move').at(-1)).toMatchObject({ product: 5, delta: -2 });
  });

  it('is gone when it was taken', async () => {
    changes.move(square, -3);
    await undone();
    expect(undo.offer()).toBeNull();
  });

  it('is withdrawn when all of it was refused, and Ctrl-Z is about what was done before', async () => {
    changes.move(circle, 2);
    await flushPromises();
    socket.answers('stock:move', () => ({ ok: false, error: meanwhile }));
    changes.move(square, -30);
    await flushPromises();
    expect(undo.offer()).toBeNull();
    expect(undo.undo()).toMatchObject({ key: 'undo.added', title: 'Compás' });
  });

  it('stays for what was not refused', async () => {
    const [done, refused] = [
      Promise.resolve({ ok: true, data: { n: 11, at: NOON } } as const),
      Promise.resolve({ ok: false, error: meanwhile } as const),
    ];
    undo.group({ key: 'undo.many', count: 2 }, () => {
      undo.push({ text: { key: 'undo.changed' }, submitted: { id: 'a', answer: refused }, revert: jest.fn() });
      undo.push({ text: { key: 'undo.changed' }, submitted: { id: 'b', answer: done }, revert: jest.fn() });
    });
    await flushPromises();
    expect(undo.offer()?.text).toEqual({ key: 'undo.many', count: 2 });
  });

  it('is not made for nothing', () => {
    changes.changeAll([]);
    expect(undo.offer()).toBeNull();
    expect(undo.undo()).toBeUndefined();
  });
});
