import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Member } from '../realtime/member';
import { flushPromises } from '../testing/flush-promises';
import { fakeSocket, type FakeSocket } from '../testing/fake-socket';
import { NOON, aProduct } from '../testing/records';
import { StockTaps } from './stock-taps';

const square = aProduct({ id: 3, stock: 4 });
const circle = aProduct({ id: 5, stock: 9 });

let socket: FakeSocket;
let taps: StockTaps;

beforeEach(async () => {
  jest.useFakeTimers();
  socket = fakeSocket();
  taps = TestBed.inject(StockTaps);
  await socket.join();
  socket.answers('stock:move', () => ({ ok: true, data: { n: 11, at: NOON, stock: 1 } }));
});
afterEach(() => {
  Reflect.deleteProperty(document, 'hidden');
  jest.useRealTimers();
});

const sent = () => socket.payloads('stock:move').map(({ product, delta }) => [product, delta]);
const shown = () => [...taps.deltas()].map(([id, { delta }]) => [id, delta]);

async function wait(ms: number): Promise<void> {
  jest.advanceTimersByTime(ms);
  await flushPromises();
}

describe('taps on the stock of a product', () => {
  it('are shown at once and sent as one move, 600 ms after the last one', async () => {
    taps.tap(square, -1);
    await wait(599);
    taps.tap(square, -1);
    expect(shown()).toEqual([[3, -2]]);
    await wait(599);
    expect(sent()).toEqual([]);
    await wait(1);
    expect(sent()).toEqual([[3, -2]]);
    expect(shown()).toEqual([]);
  });

  it('are gathered for each product on its own', async () => {
    taps.tap(square, -1);
    taps.tap(circle, 1);
    taps.tap(circle, 1);
    await wait(600);
    expect(sent()).toEqual([
      [3, -1],
      [5, 2],
    ]);
  });

  it('are not sent in the name of the next member at this page', async () => {
    const member = TestBed.inject(Member);
    member.become('ana@acme.com');
    taps.tap(square, -1);
    member.become('bea@acme.com');
    expect(shown()).toEqual([]);
    await wait(600);
    expect(sent()).toEqual([]);
  });

  it('send nothing when they cancel each other', async () => {
    taps.tap(square, 1);
    taps.tap(square, -1);
    await wait(600);
    expect(sent()).toEqual([]);
    expect(shown()).toEqual([]);
  });

  it('never take more than there is, and lose none of those before', async () => {
    const last = { ...square, stock: 1 };
    taps.tap(last, -1);
    taps.tap(last, -1);
    expect(shown()).toEqual([[3, -1]]);
    await wait(600);
    expect(sent()).toEqual([[3, -1]]);
  });

  it('are sent at once when the page is hidden or left', async () => {
    taps.tap(square, -1);
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
    await flushPromises();
    expect(sent()).toEqual([[3, -1]]);
    taps.tap(square, 1);
    window.dispatchEvent(new Event('pagehide'));
    await flushPromises();
    expect(sent()[1]).toEqual([3, 1]);
    await wait(600);
    expect(sent()).toHaveLength(2);
  });
});
