import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { reduceMessage, type Ack, type HistoryPage, type Message, type MessageRecord } from 'backend/contract';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { UNANSWERED } from '../realtime/requester';
import { flushPromises } from '../testing/flush-promises';
import { fakeSocket, type FakeSocket } from '../testing/fake-socket';
import { NOON, aMessagePosted, aProductAdded } from '../testing/records';
import { ChatStore } from './chat-store';

let socket: FakeSocket;
let store: ChatStore;

beforeEach(() => {
  socket = fakeSocket();
  store = TestBed.inject(ChatStore);
});

const aMessage = (n: number): Message => reduceMessage(undefined, aMessagePosted(n))!;
const messages = (from: number, to: number): Message[] =>
  Array.from({ length: to - from + 1 }, (_, index) => aMessage(from + index));

const edited = (n: number, message: number, text: string): MessageRecord => ({
  n,
  at: NOON,
  by: 'ana@acme.com',
  id: `command-${n}`,
  type: 'message-edited',
  message,
  text,
});
const deleted = (n: number, message: number): MessageRecord => ({
  n,
  at: NOON,
  by: 'ana@acme.com',
  id: `command-${n}`,
  type: 'message-deleted',
  message,
});

const agreed = (n: number, message: number, by: string): MessageRecord => ({
  n,
  at: NOON,
  by,
  id: `command-${n}`,
  type: 'message-agreed',
  message,
});

/** A whole collection; what a `WeakRef` was asked for in this turn of the event loop would survive it. */
async function collectGarbage(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

const numbers = (): number[] => store.messages().map(({ n }) => n);

describe('the conversation', () => {
  it('is loading until its newest part comes', async () => {
    expect(store.loading()).toBe(true);
    await socket.join({ n: 12, messages: messages(3, 5), more: true });
    expect(store.loading()).toBe(false);
    expect(numbers()).toEqual([3, 4, 5]);
    expect(store.more()).toBe(true);
  });

  it('grows by what people write, whatever happens between', async () => {
    await socket.join({ n: 5, messages: messages(5, 5) });
    socket.feed.next({ records: [aMessagePosted(6, { by: 'bea@acme.com', text: 'ñ } 🐟' }), aProductAdded(7)] });
    socket.feed.next({ records: [aMessagePosted(8)] });
    expect(numbers()).toEqual([5, 6, 8]);
    expect(store.messages()[1]).toEqual({ n: 6, at: NOON, by: 'bea@acme.com', command: 'command-6', text: 'ñ } 🐟' });
  });

  it('shows what was edited and what was deleted', async () => {
    await socket.join({ n: 6, messages: messages(5, 6) });
    socket.feed.next({ records: [edited(7, 5, 'better'), deleted(8, 6)] });
    expect(store.messages()).toEqual([
      { ...aMessage(5), text: 'better', editedAt: NOON },
      { ...aMessage(6), text: '', deletedAt: NOON },
    ]);
  });

  it('shows who has understood a message, in order', async () => {
    await socket.join({ n: 6, messages: messages(5, 6) });
    socket.feed.next({ records: [agreed(7, 5, 'carla@acme.com'), agreed(8, 5, 'bea@acme.com')] });
    expect(store.messages()).toEqual([{ ...aMessage(5), agreed: ['carla@acme.com', 'bea@acme.com'] }, aMessage(6)]);
  });

  it('stays the same while only the catalogue changes', async () => {
    await socket.join({ n: 5, messages: messages(5, 5) });
    const before = store.messages();
    socket.feed.next({ records: [aProductAdded(6)] });
    expect(store.messages()).toBe(before);
  });

  it('lets the oldest go when it holds 5,000, and can load them again', async () => {
    await socket.join({ n: 5_000, messages: messages(1, 5_000) });
    expect(store.more()).toBe(false);
    socket.feed.next({ records: [aMessagePosted(5_001), aMessagePosted(5_002)] });
    expect(store.messages()).toHaveLength(5_000);
    expect(store.messages()[0]!.n).toBe(3);
    expect(store.more()).toBe(true);
  });
});

it('keeps nothing of what happened to messages, however long the page is open', async () => {
  await socket.join({ n: 6, messages: messages(5, 6), more: true });
  const heard = [agreed(7, 5, 'bea@acme.com'), edited(8, 1, 'of a message that is not loaded')];
  const records = heard.map((record) => new WeakRef(record));
  socket.feed.next({ records: heard.splice(0) });
  await collectGarbage();
  expect(records.map((record) => record.deref())).toEqual([undefined, undefined]);
});

describe('a command', () => {
  beforeEach(() => socket.join());

  it('is about exactly the message that it is said of, by its number and its command', async () => {
    const stored = { ok: true, data: { n: 9, at: NOON } } as const;
    socket.answers('chat:edit', () => stored);
    socket.answers('chat:delete', () => stored);
    socket.answers('chat:agree', () => stored);
    socket.answers('chat:pin', () => stored);
    const [four, five, six] = messages(4, 6);
    expect(await store.act({ name: 'chat:edit', message: four!, text: 'better' })).toEqual(stored);
    expect(await store.act({ name: 'chat:delete', message: five! })).toEqual(stored);
    expect(await store.act({ name: 'chat:agree', message: six! })).toEqual(stored);
    expect(await store.act({ name: 'chat:pin', message: six!, pinned: true })).toEqual(stored);
    const refers = (n: number) => ({ n, command: `command-${n}` });
    expect(socket.payloads('chat:edit')).toMatchObject([{ message: 4, text: 'better', refers: refers(4) }]);
    expect(socket.payloads('chat:delete')).toMatchObject([{ message: 5, refers: refers(5) }]);
    expect(socket.payloads('chat:agree')).toMatchObject([{ message: 6, refers: refers(6) }]);
    expect(socket.payloads('chat:pin')).toMatchObject([{ message: 6, pinned: true, refers: refers(6) }]);
  });
});

describe('the message on top', () => {
  const pin = (n: number, message: number, pinned = true): MessageRecord => ({
    ...{ n, at: NOON, by: 'bea@acme.com', id: `command-${n}` },
    ...({ type: 'message-pinned', message, pinned } as const),
  });

  it('is the one that the snapshot names, and then the one that was pinned last', async () => {
    await socket.join({ n: 5, messages: messages(3, 5), pinned: 4 });
    expect(store.pinned()?.n).toBe(4);
    socket.feed.next({ records: [pin(6, 3)] });
    expect(store.pinned()?.n).toBe(3);
    socket.feed.next({ records: [pin(7, 3, false)] });
    expect(store.pinned()).toBeUndefined();
  });

  it('is asked for when it is older than what is loaded, and follows its changes', async () => {
    const [one] = messages(1, 1);
    socket.answers('chat:history', () => ({ ok: true, data: { messages: [one!], more: false } }));
    await socket.join({ n: 5, messages: messages(3, 5), pinned: 1 });
    await flushPromises();
    expect(socket.payloads('chat:history')).toEqual([{ before: 2, limit: 1 }]);
    expect(store.pinned()).toEqual(one);
    const edited = {
      n: 6,
      at: NOON,
      by: 'ana@acme.com',
      id: 'e',
      type: 'message-edited',
      message: 1,
      text: 'x',
    } as const;
    socket.feed.next({ records: [edited] });
    expect(store.pinned()?.text).toBe('x');
  });

  it('is shown at once for one’s own, and goes with its deletion', async () => {
    socket.answers('chat:pin', () => ({ ok: true, data: { n: 6, at: NOON } }));
    await socket.join({ n: 5, messages: messages(3, 5) });
    void store.act({ name: 'chat:pin', message: messages(4, 4)[0]!, pinned: true });
    expect(store.pinned()?.n).toBe(4);
    socket.feed.next({ records: [pin(6, 4), { ...deleted(7, 4) }] });
    expect(store.pinned()).toBeUndefined();
  });
});

describe('older messages', () => {
  /** The server answers the question for older messages when the spec says so. */
  let answer: (answer: Ack<HistoryPage>) => void;
  const page = (from: number, to: number, more = true) =>
    answer({ ok: true, data: { messages: messages(from, to), more } });

  beforeEach(async () => {
    socket.answers(
      'chat:history',
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    await socket.join({ n: 20, messages: messages(10, 11), more: true });
  });

  it('come before those loaded, without doubles', async () => {
    const done = store.loadOlder();
    expect(store.loadingOlder()).toBe(true);
    page(7, 10, false);
    expect(await done).toBeNull();
    expect(numbers()).toEqual([7, 8, 9, 10, 11]);
    expect(store.loadingOlder()).toBe(false);
    expect(store.more()).toBe(false);
    expect(socket.payloads('chat:history')).toEqual([{ before: 10, limit: 100 }]);
  });

  it('are asked for once at a time, and not when there are none', async () => {
    const done = store.loadOlder();
    await store.loadOlder();
    page(7, 9, false);
    await done;
    await store.loadOlder();
    expect(socket.payloads('chat:history')).toHaveLength(1);
  });

  it('follow later changes, and changes that happened while they were being loaded', async () => {
    const done = store.loadOlder();
    socket.feed.next({ records: [edited(21, 8, 'meanwhile'), aMessagePosted(22)] });
    page(8, 9);
    await done;
    socket.feed.next({ records: [deleted(23, 9)] });
    expect(store.messages().map(({ text }) => text)).toEqual([
      'meanwhile',
      '',
      'message 10',
      'message 11',
      'message 22',
    ]);
  });

  it('show once who agreed to them while they were being loaded', async () => {
    const done = store.loadOlder();
    socket.feed.next({ records: [agreed(21, 9, 'bea@acme.com')] });
    const before = { ...aMessage(9), agreed: ['bea@acme.com'] };
    answer({ ok: true, data: { messages: [aMessage(8), before], more: false } });
    await done;
    expect(store.messages().slice(0, 2)).toEqual([aMessage(8), before]);
  });

  it('are not put before a conversation that a snapshot has replaced', async () => {
    const done = store.loadOlder();
    await socket.join({ n: 900, messages: messages(890, 891), more: true });
    page(8, 9);
    await done;
    expect(numbers()).toEqual([890, 891]);
    expect(store.more()).toBe(true);
  });

  it('can be asked for again when they could not come', async () => {
    const done = store.loadOlder();
    socket.disconnect();
    expect(await done).toEqual(UNANSWERED.error);
    expect(store.loadingOlder()).toBe(false);
    expect(await store.loadOlder()).toEqual(UNANSWERED.error);
  });
});

describe('who types', () => {
  it('is done when the message comes', async () => {
    await socket.join();
    socket.typing.next({ by: 'bea@acme.com' });
    expect(store.typing()).toEqual(['bea@acme.com']);
    socket.feed.next({ records: [aMessagePosted(1, { by: 'bea@acme.com' })] });
    await flushPromises();
    expect(store.typing()).toEqual([]);
  });
});
