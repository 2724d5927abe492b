import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { reduceMessage, type Message } from 'backend/contract';
import { Member } from '../realtime/member';
import { fakeSocket, type FakeSocket } from '../testing/fake-socket';
import { NOON, aMessagePosted } from '../testing/records';
import { ChatStore } from './chat-store';
import { ReadMark } from './read-mark';

let socket: FakeSocket;
let store: ChatStore;

beforeEach(() => {
  jest.useFakeTimers({ now: new Date(NOON) });
  socket = fakeSocket();
  socket.answers('mark:set', ({ n }) => ({ ok: true, data: { n } }));
  TestBed.inject(Member).become('ana@acme.com');
  store = TestBed.inject(ChatStore);
});
afterEach(() => {
  jest.useRealTimers();
});

const hers = (n: number, text = `message ${n}`): Message =>
  reduceMessage(undefined, aMessagePosted(n, { by: 'bea@acme.com', text }))!;
const says = (n: number, text?: string) =>
  socket.feed.next({ records: [aMessagePosted(n, { by: 'bea@acme.com', ...(text && { text }) })] });
const sent = () => socket.payloads('mark:set').map(({ n }) => n);
const marked = () => TestBed.inject(ReadMark).number();

/** Ana has read up to there; the server has three messages of Bea's. */
async function join(mark: number | undefined, n = 3): Promise<void> {
  const messages = Array.from({ length: n }, (_, index) => hers(index + 1));
  await socket.join({ n, messages, ...(mark !== undefined && { mark }) });
  TestBed.tick();
}

describe('what a member has not read', () => {
  it('is what others have said after the mark of the server', async () => {
    await join(1);
    expect([store.unread(), store.firstNew()]).toEqual([2, 2]);
  });

  it('is nothing before the first time, nor for a visitor', async () => {
    await join(0);
    expect([store.unread(), store.firstNew()]).toEqual([0, null]);
    TestBed.inject(Member).become(null);
    await join(undefined);
    expect(store.unread()).toBe(0);
  });

  it('counts those that name the member apart', async () => {
    await join(3);
    for (const [n, text] of [
      [4, '@ana mira'],
      [5, 'nada'],
      [6, '@anabel'],
    ] as const)
      says(n, text);
    expect([store.unread(), store.mentioned()]).toEqual([3, 1]);
  });

  it('is neither what one says oneself nor what is deleted', async () => {
    await join(3);
    socket.feed.next({ records: [aMessagePosted(4)] });
    says(5);
    socket.feed.next({
      records: [{ n: 6, at: NOON, by: 'bea@acme.com', id: 'command-6', type: 'message-deleted', message: 5 }],
    });
    expect(store.unread()).toBe(0);
  });

  it('is nothing while somebody reads, and then what comes after that', async () => {
    await join(1);
    store.read(true);
    expect(store.unread()).toBe(0);
    says(4);
    store.read(true);
    store.read(false);
    says(5);
    expect([store.unread(), store.firstNew()]).toEqual([1, 5]);
  });

  it('has its line where it began, until the member answers', async () => {
    await join(1);
    store.read(true);
    expect(store.firstNew()).toBe(2);
    socket.answers('chat:send', () => ({ ok: true, data: { n: 4, at: NOON } }));
    store.send('sí');
    expect(store.firstNew()).toBeNull();
  });

  it('has no line above what comes while somebody reads', async () => {
    await join(3);
    store.read(true);
    says(4);
    TestBed.tick();
    store.read(true);
    expect(store.firstNew()).toBeNull();
  });
});

describe('how far a member has read', () => {
  it('is sent once a second, the newest only', async () => {
    await join(1);
    store.read(true);
    says(4);
    store.read(true);
    expect(sent()).toEqual([]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(sent()).toEqual([4]);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(sent()).toEqual([4]);
  });

  it('is heard from another device', async () => {
    await join(1);
    socket.marks.next({ n: 3 });
    expect(store.unread()).toBe(0);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(sent()).toEqual([]);
  });

  it('is sent after the next connect when it was read offline', async () => {
    await join(1);
    socket.disconnect();
    store.read(true);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(sent()).toEqual([]);
    await join(1);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(sent()).toEqual([3]);
  });

  it('is the server’s again when that has another history, or an older copy of this one', async () => {
    await join(3);
    await join(1, 2);
    expect(marked()).toBe(2);
    await socket.join({ journal: 'journal-2', n: 50, messages: [hers(50)], mark: 1 });
    expect(marked()).toBe(1);
  });

  it('is not sent in the name of who has identified in another tab meanwhile', async () => {
    await join(3);
    socket.disconnect();
    await join(1, 3);
    TestBed.inject(Member).become('bea@acme.com');
    await jest.advanceTimersByTimeAsync(2_000);
    expect(sent()).toEqual([]);
  });

  it('is not said of a member by who sat here before', async () => {
    await join(3);
    TestBed.inject(Member).become('bea@acme.com');
    expect(marked()).toBeUndefined();
    store.read(true);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(sent()).toEqual([]);
  });
});
