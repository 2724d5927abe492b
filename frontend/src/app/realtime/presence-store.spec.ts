import { TestBed } from '@angular/core/testing';
import { beforeEach, expect, it } from '@jest/globals';
import { fakeSocket, type FakeSocket } from '../testing/fake-socket';
import { Member } from './member';
import { CLOCK, PresenceStore } from './presence-store';

let socket: FakeSocket;
let store: PresenceStore;
let arrivals: string[];
let clock: number;

beforeEach(() => {
  clock = 0;
  socket = fakeSocket();
  TestBed.configureTestingModule({ providers: [{ provide: CLOCK, useValue: () => clock }] });
  TestBed.inject(Member).become('ana@acme.com');
  store = TestBed.inject(PresenceStore);
  arrivals = [];
  store.arrivals.subscribe(({ email, kind }) => arrivals.push(`${email} ${kind}`));
  socket.connected.next(true);
});

const online = (...members: string[]) => socket.presence.next({ members, visitors: 2 });

it('knows who is online', () => {
  online('ana@acme.com', 'bea@acme.com');
  expect(store.members()).toEqual(['ana@acme.com', 'bea@acme.com']);
  expect(store.visitors()).toBe(2);
});

it('says nothing about those who are already there', () => {
  online('bea@acme.com');
  expect(arrivals).toEqual([]);
});

it('says who comes and who goes', () => {
  online('bea@acme.com', 'carl@acme.com');
  online('bea@acme.com', 'dora@acme.com');
  expect(arrivals).toEqual(['dora@acme.com joined', 'carl@acme.com left']);
});

it('says nothing about oneself', () => {
  online('bea@acme.com');
  online('ana@acme.com', 'bea@acme.com');
  online('bea@acme.com');
  expect(arrivals).toEqual([]);
});

it('knows of nobody while offline, and does not announce everybody afterwards', () => {
  online('bea@acme.com');
  socket.connected.next(false);
  expect(store.members()).toEqual([]);
  expect(store.visitors()).toBe(0);
  socket.connected.next(true);
  online('bea@acme.com', 'carl@acme.com');
  expect(arrivals).toEqual([]);
  online('carl@acme.com');
  expect(arrivals).toEqual(['bea@acme.com left']);
});

it('does not announce those who come back after a restart of the server, one by one', () => {
  online('ana@acme.com', 'bea@acme.com', 'carl@acme.com');
  socket.connected.next(false);
  socket.connected.next(true);
  online('ana@acme.com');
  clock += 3_000;
  online('ana@acme.com', 'bea@acme.com', 'dora@acme.com');
  expect(arrivals).toEqual(['dora@acme.com joined']);
  expect(store.members()).toEqual(['ana@acme.com', 'bea@acme.com', 'dora@acme.com']);
  clock += 10_000;
  online('ana@acme.com', 'bea@acme.com', 'carl@acme.com', 'dora@acme.com');
  expect(arrivals.slice(1)).toEqual(['carl@acme.com joined']);
});
