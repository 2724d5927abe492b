import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Member } from './realtime/member';
import { flushPromises } from './testing/flush-promises';
import type { FakeSocket } from './testing/fake-socket';
import { fakePage } from './testing/page';
import { NOON, aProduct } from './testing/records';
import { ProductLinks } from './product-links';
import { UndoStack } from './products/undo-stack';

let socket: FakeSocket;
let links: ProductLinks;
let undo: UndoStack;

beforeEach(async () => {
  socket = fakePage();
  TestBed.inject(Member).become('ana@acme.com');
  links = TestBed.inject(ProductLinks);
  undo = TestBed.inject(UndoStack);
  socket.answers('stock:move', () => ({ ok: true, data: { n: 30, at: NOON, stock: 1 } }));
  await socket.join({ n: 20, products: [aProduct({ id: 3, title: 'Calculadora' }), aProduct({ id: 4 })] });
});

describe('a message that has moved stock', () => {
  it('is offered to be undone like a move, which says why', async () => {
    links.offerUndo({ n: 20, at: NOON, command: 'said', moves: [{ product: 3, delta: -3, stock: 2, note: 'rotura' }] });
    expect(undo.offer()?.text).toEqual({ key: 'undo.taken', title: 'Calculadora', count: 3 });
    undo.undo();
    await flushPromises();
    expect(socket.payloads('stock:move')).toMatchObject([
      { product: 3, delta: 3, note: 'deshace: rotura', refers: { n: 20, command: 'said' } },
    ]);
  });

  it('is undone as a whole, the last line first, without what moved nothing', async () => {
    const moves = [
      { product: 3, delta: 5, stock: 10 },
      { product: 4, delta: 0, stock: 5 },
      { product: 3, delta: -10, stock: 0 },
    ];
    links.offerUndo({ n: 20, at: NOON, command: 'said', moves });
    expect(undo.offer()?.text).toEqual({ key: 'undo.movedMany', count: 2 });
    undo.undo();
    await flushPromises();
    expect(socket.payloads('stock:move').map(({ product, delta, note }) => [product, delta, note])).toEqual([
      [3, 10, 'deshace un mensaje'],
      [3, -5, 'deshace un mensaje'],
    ]);
  });

  it('is not offered to be undone when it has only counted what was known', () => {
    links.offerUndo({ n: 20, at: NOON, command: 'said', moves: [{ product: 3, delta: 0, stock: 5 }] });
    expect(undo.offer()).toBeNull();
  });
});

it('a removed product is brought back from its last known version', async () => {
  socket.answers('product:restore', () => ({ ok: true, data: { n: 30, at: NOON, product: aProduct({ id: 3 }) } }));
  const head = { n: 21, at: NOON, by: 'bea@acme.com', id: 'removal' };
  socket.feed.next({ records: [{ ...head, type: 'product-removed', product: 3 }] });
  links.restore(links.gone(3)!);
  await flushPromises();
  expect(socket.payloads('product:restore')).toMatchObject([{ product: 3, refers: { n: 3, command: 'command-3' } }]);
});
