import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Alert, Follow } from 'backend/contract';
import { Member } from '../realtime/member';
import type { FakeSocket } from '../testing/fake-socket';
import { fakePage } from '../testing/page';
import { NOON } from '../testing/records';
import { FollowsStore } from './follows-store';

const rule: Follow = { on: { product: 3 }, price: true };
const alertOf = (n: number): Alert => ({
  n,
  at: NOON,
  by: 'bea@acme.com',
  product: 3,
  title: 'Té',
  kind: 'price',
  then: 3,
  now: n,
});

let socket: FakeSocket;
let store: FollowsStore;
const listed = () => store.alerts().map(({ n }) => n);

beforeEach(() => {
  socket = fakePage();
  TestBed.inject(Member).become('ana@acme.com');
  store = TestBed.inject(FollowsStore);
});

describe('what a member follows', () => {
  it('is what the server says, here and on another device, a category however it is written', async () => {
    await socket.join({ follows: [rule] });
    expect(store.on({ product: 3 })).toEqual(rule);
    const other: Follow = { on: { category: 'Bebidas' }, mentions: true };
    socket.follows.next({ follows: [other] });
    expect([store.on({ product: 3 }), store.on({ category: 'BEBIDAS ' })]).toEqual([undefined, other]);
    socket.answers('follow:set', ({ follow }) => ({ ok: true, data: { follows: [other, follow] } }));
    await store.set(rule);
    expect(store.follows()).toEqual([other, rule]);
  });

  it('is nothing for a visitor, nor for who comes after', async () => {
    await socket.join({ follows: [rule], alerts: [alertOf(5)] });
    TestBed.inject(Member).become(null);
    expect([store.follows(), store.alerts(), store.unseen()]).toEqual([[], [], 0]);
    TestBed.inject(Member).become('bea@acme.com');
    expect([store.follows(), store.alerts()]).toEqual([[], []]);
  });
});

describe('the alerts of a member', () => {
  it('are new until they are seen, and stay listed, newest first', async () => {
    await socket.join({ alerts: [alertOf(5)] });
    socket.alerts.next(alertOf(7));
    socket.alerts.next(alertOf(7));
    expect([listed(), store.unseen()]).toEqual([[7, 5], 2]);
    socket.answers('alerts:seen', () => ({ ok: true, data: null }));
    store.see();
    store.see();
    expect([listed(), store.unseen()]).toEqual([[7, 5], 0]);
    expect(socket.payloads('alerts:seen')).toEqual([{ n: 7 }]);
  });

  it('are seen on another device, also while there was no connection', async () => {
    await socket.join({ alerts: [alertOf(5), alertOf(6)] });
    socket.alertsSeen.next({ n: 5 });
    expect([listed(), store.unseen()]).toEqual([[6, 5], 1]);
    socket.disconnect();
    await socket.join({ alerts: [alertOf(8)] });
    expect([listed(), store.unseen()]).toEqual([[8, 6, 5], 1]);
  });
});
