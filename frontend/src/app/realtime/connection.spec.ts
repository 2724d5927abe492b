import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { flushPromises } from '../testing/flush-promises';
import { FakeSocket, fakeSocket } from '../testing/fake-socket';
import { JOURNAL, NOON, aMessagePosted, aSnapshot } from '../testing/records';
import { MemoryBoard } from './board-storage';
import { Connection } from './connection';
import type { FeedChange } from './feed';
import { KeptBoard } from './kept-board';
import { BOARD_STORAGE } from './kept-provider';
import { RealtimeSocket } from './realtime-socket';
import type { FeedPacket } from './requester';

let socket: FakeSocket;
let connection: Connection;
let changes: FeedChange[];

const aMessage = { n: 4, at: NOON, by: 'ana@acme.com', command: 'command-4', text: 'hola' };

beforeEach(() => {
  socket = fakeSocket();
  connection = TestBed.inject(Connection);
  changes = [];
  connection.listen((change) => changes.push(change));
});

it('is online from connect to disconnect', async () => {
  expect(connection.online()).toBe(false);
  await socket.join();
  expect(connection.online()).toBe(true);
  socket.disconnect();
  expect(connection.online()).toBe(false);
});

it('is ready when the first join is answered, and stays so', async () => {
  socket.answers('feed:join', () => ({ ok: true, data: aSnapshot() }));
  socket.connect();
  expect(connection.ready()).toBe(false);
  await flushPromises();
  expect(connection.ready()).toBe(true);
  socket.disconnect();
  expect(connection.ready()).toBe(true);
});

it('delivers each change to every listener, and knows the last record', async () => {
  const second: FeedChange[] = [];
  connection.listen((change) => second.push(change));
  await socket.join({ n: 4 });
  socket.feed.next({ records: [aMessagePosted(5)] });
  expect(changes.map(({ kind }) => kind)).toEqual(['snapshot', 'records']);
  expect(second).toEqual(changes);
  expect(connection.applied).toBe(5);
});

it('continues at its cursor when it is reopened', async () => {
  await socket.join({ n: 4 });
  connection.reopen();
  expect(socket.payloads('feed:join').at(-1)).toEqual({
    cursor: { journal: JOURNAL, n: 4, command: 'command-4' },
    pages: true,
    firstProducts: 200,
  });
});

it('refuses a listener that would miss the first snapshot', () => {
  connection.start();
  expect(socket.calls.open).toBe(1);
  expect(() => connection.listen(() => undefined)).toThrow('before the connection starts');
});

it('asks for a reload when it meets what it does not know', async () => {
  await socket.join();
  const fromTheFuture = JSON.stringify({ records: [{ ...aMessagePosted(1), type: 'new' }] });
  socket.feed.next(JSON.parse(fromTheFuture) as FeedPacket);
  expect(connection.reloadNeeded()).toBe(true);
  expect(changes).toHaveLength(1);
});

it('takes away what was shown when whoever is here may not read any more, and begins anew for the next', async () => {
  await socket.join({ n: 4, messages: [aMessage] });
  socket.disconnect();
  socket.answers('feed:join', () => ({ ok: false, error: { code: 'UNIDENTIFIED', message: 'No.', retry: false } }));
  socket.connect();
  await flushPromises();
  expect(changes.at(-1)).toMatchObject({ kind: 'snapshot', snapshot: { messages: [], products: [] } });
  expect([connection.ready(), connection.applied]).toEqual([false, 0]);

  socket.disconnect();
  await socket.join({ n: 5 });
  expect(socket.payloads('feed:join').at(-1)).toMatchObject({ cursor: null });
  expect([connection.ready(), connection.applied]).toEqual([true, 5]);
});

describe('a board that an earlier page has kept', () => {
  /** Ends when it is kept. */
  async function earlierPage(): Promise<MemoryBoard> {
    const storage = new MemoryBoard();
    const options = { storage, build: '', mayKeep: () => true, doubtful: () => [] };
    const board = new KeptBoard(options);
    board.follow({ kind: 'snapshot', snapshot: aSnapshot({ n: 4 }) });
    board.live();
    board.disconnected();
    await flushPromises();
    return storage;
  }

  let storage: MemoryBoard;
  beforeEach(async () => {
    storage = await earlierPage();
    TestBed.resetTestingModule();
    socket = fakeSocket();
    TestBed.configureTestingModule({ providers: [{ provide: BOARD_STORAGE, useValue: storage }] });
    connection = TestBed.inject(Connection);
    connection.listen((change) => changes.push(change));
  });

  it('is delivered before the server answers, with its age, and only what was missed is asked for', async () => {
    connection.start();
    await flushPromises();
    expect(changes.map(({ kind }) => kind)).toEqual(['snapshot']);
    expect(connection.ready()).toBe(true);
    expect(connection.shownAsOf()).toBeLessThanOrEqual(Date.now());
    socket.answers('feed:join', () => ({ ok: true, data: { mode: 'resumed', journal: JOURNAL, n: 4, records: [] } }));
    socket.connect();
    await flushPromises();
    expect(socket.payloads('feed:join')[0]).toMatchObject({ cursor: { journal: JOURNAL, n: 4, command: 'command-4' } });
    expect(connection.shownAsOf()).toBeUndefined();
    expect(changes).toHaveLength(1);
  });

  it('is waited for by the first join, also where the socket is faster', async () => {
    socket.answers('feed:join', () => ({ ok: true, data: { mode: 'resumed', journal: JOURNAL, n: 4, records: [] } }));
    connection.start();
    socket.connect();
    expect(socket.payloads('feed:join')).toEqual([]);
    await flushPromises();
    expect(socket.payloads('feed:join')).toMatchObject([{ cursor: { n: 4 } }]);
  });

  it('is deleted when the server lets nobody read who has not identified', async () => {
    connection.start();
    const error = { code: 'UNIDENTIFIED' as const, message: 'No.', retry: false };
    socket.answers('feed:join', () => ({ ok: false, error }));
    socket.connect();
    await flushPromises();
    expect(await storage.load()).toBeUndefined();
  });
});

describe('commands', () => {
  /** A socket on which nobody is admitted by itself. */
  let bare: FakeSocket;

  beforeEach(() => {
    jest.useFakeTimers();
    bare = new FakeSocket();
    bare.answers('chat:send', () => ({ ok: true, data: { n: 1, at: NOON } }));
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [{ provide: RealtimeSocket, useValue: bare }] });
    connection = TestBed.inject(Connection);
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const sent = () => bare.payloads('chat:send').map(({ id }) => id);

  it('are sent only when the member of the connection is known', async () => {
    const answer = connection.command('chat:send', { id: '1', text: 'hello' });
    connection.admit();
    await bare.join();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(sent()).toEqual([]);
    connection.admit();
    expect(await answer).toEqual({ ok: true, data: { n: 1, at: NOON } });
  });

  it('wait again on the next connection, because that may be somebody else', async () => {
    await bare.join();
    connection.admit();
    bare.disconnect();
    void connection.command('chat:send', { id: '1', text: 'hello' });
    bare.connect();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(sent()).toEqual([]);
  });
});
