import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { reduceMessage, type Ack, type MessagePosted, type Stored } from 'backend/contract';
import { QUEUED } from '../realtime/connection';
import { Member } from '../realtime/member';
import { MemoryStorage } from '../realtime/outbox-storage';
import { flushPromises } from '../testing/flush-promises';
import { fakeSocket, type FakeSocket } from '../testing/fake-socket';
import { NOON, aMessagePosted } from '../testing/records';
import { ChatStore } from './chat-store';

let socket: FakeSocket;
let store: ChatStore;
/** What another tab of the browser has of its storage. */
let storage: MemoryStorage;
/** Answers to `chat:send` that the server has not sent yet, oldest first. */
let answers: ((answer: Ack<Stored>) => void)[];

beforeEach(async () => {
  jest.useFakeTimers({ now: new Date(NOON) });
  const shared = new MemoryStorage();
  storage = shared.page();
  socket = fakeSocket(shared);
  TestBed.inject(Member).become('ana@acme.com');
  store = TestBed.inject(ChatStore);
  answers = [];
  socket.answers(
    'chat:send',
    () =>
      new Promise((resolve) => {
        answers.push(resolve);
      }),
  );
  await socket.join({ n: 10 });
});
afterEach(() => {
  jest.useRealTimers();
});

/** Everything on the screen, confirmed and pending, in its order. */
const shown = (): string[] => [...store.messages(), ...store.pending()].map(({ text }) => text);
const ids = (): string[] => socket.payloads('chat:send').map(({ id }) => id);

async function acknowledge(n: number): Promise<void> {
  answers.shift()!({ ok: true, data: { n, at: NOON } });
  await flushPromises();
}

async function refuse(code: 'FORBIDDEN' | 'UNIDENTIFIED'): Promise<void> {
  answers.shift()!({ ok: false, error: { code, message: 'No.', retry: false } });
  await flushPromises();
}

/** The record of the message with index `which` among those sent. */
const record = (n: number, which = 0): MessagePosted =>
  aMessagePosted(n, { id: ids()[which]!, text: socket.payloads('chat:send')[which]!.text });

const feed = (...records: MessagePosted[]) => socket.feed.next({ records });

describe('a sent message', () => {
  it('is shown at once, below the others', () => {
    feed(aMessagePosted(11));
    store.send('mine');
    expect(store.pending()).toMatchObject([{ id: ids()[0], text: 'mine', at: NOON }]);
    expect(shown()).toEqual(['message 11', 'mine']);
  });

  it('is shown once when the acknowledgement comes before the record', async () => {
    store.send('mine');
    await acknowledge(11);
    expect(shown()).toEqual(['mine']);
    feed(record(11));
    expect(shown()).toEqual(['mine']);
    expect(store.pending()).toEqual([]);
  });

  it('is shown once when the record comes before the acknowledgement', async () => {
    store.send('mine');
    feed(record(11));
    expect(shown()).toEqual(['mine']);
    expect(store.pending()).toEqual([]);
    await acknowledge(11);
    expect(shown()).toEqual(['mine']);
  });

  it('neither doubles nor vanishes when the feed is later than the acknowledgement', async () => {
    store.send('mine');
    await acknowledge(12);
    feed(aMessagePosted(11, { by: 'bea@acme.com', text: 'hers' }));
    expect(shown()).toEqual(['hers', 'mine']);
    feed(record(12));
    expect(shown()).toEqual(['hers', 'mine']);
    expect(store.pending()).toEqual([]);
  });

  it('is not taken for another of the same words', () => {
    store.send('ok');
    store.send('ok');
    feed(record(11, 0));
    expect(shown()).toEqual(['ok', 'ok']);
    expect(store.pending().map(({ id }) => id)).toEqual([ids()[1]]);
  });

  it('is not removed by somebody else who uses its id', () => {
    store.send('mine');
    feed({ ...record(11), by: 'bea@acme.com', text: 'forged' });
    expect(shown()).toEqual(['forged', 'mine']);
  });
});

describe('after the connection broke', () => {
  beforeEach(() => {
    store.send('mine');
    socket.disconnect();
  });

  it('is sent again with the same id, and waits meanwhile', async () => {
    expect(shown()).toEqual(['mine']);
    await socket.join({ n: 10 });
    expect(new Set(ids()).size).toBe(1);
    expect(ids()).toHaveLength(2);
    expect(shown()).toEqual(['mine']);
  });

  it('is shown once when the missing records bring it', async () => {
    socket.answers('feed:join', () => ({
      ok: true,
      data: { mode: 'resumed', journal: 'journal-1', n: 11, records: [record(11)] },
    }));
    socket.connect();
    await flushPromises();
    expect(shown()).toEqual(['mine']);
    answers.shift();
    await acknowledge(11);
    expect(shown()).toEqual(['mine']);
    expect(store.pending()).toEqual([]);
  });

  it('is shown once when a snapshot contains it, before and after its answer', async () => {
    await socket.join({ n: 5_000, messages: [reduceMessage(undefined, record(11))!] });
    expect(shown()).toEqual(['mine']);
    answers.shift();
    await acknowledge(11);
    expect(shown()).toEqual(['mine']);
    expect(store.pending()).toEqual([]);
  });

  it('comes back when what the snapshot shows was another message of the same words', async () => {
    await socket.join({ n: 5_000, messages: [reduceMessage(undefined, aMessagePosted(4_000, { text: 'mine' }))!] });
    answers.shift();
    await acknowledge(5_001);
    expect(shown()).toEqual(['mine', 'mine']);
    feed(record(5_001));
    expect(shown()).toEqual(['mine', 'mine']);
  });

  it('stays when it was acknowledged for a number that the snapshot has not reached', async () => {
    await socket.join({ n: 5_000 });
    answers.shift();
    await acknowledge(5_002);
    socket.disconnect();
    await socket.join({ n: 5_001 });
    expect(shown()).toEqual(['mine']);
    socket.disconnect();
    await socket.join({ n: 5_002, messages: [reduceMessage(undefined, record(5_002))!] });
    expect(shown()).toEqual(['mine']);
    expect(store.pending()).toEqual([]);
  });

  it('does not stay for ever when the server has begun another journal', async () => {
    await socket.join({ n: 10 });
    answers.shift();
    await acknowledge(12);
    expect(shown()).toEqual(['mine']);
    socket.disconnect();
    await socket.join({ journal: 'journal-2', n: 1 });
    expect(shown()).toEqual([]);
  });
});

describe('a refused message', () => {
  beforeEach(async () => {
    store.send('mine');
    await refuse('FORBIDDEN');
  });

  it('stays, and says why', () => {
    expect(store.pending()).toMatchObject([{ text: 'mine', refused: { code: 'FORBIDDEN' } }]);
  });

  it('can be sent again as the same command', async () => {
    store.retry(ids()[0]!);
    expect(store.pending()[0]!.refused).toBeUndefined();
    expect(new Set(ids()).size).toBe(1);
    await acknowledge(11);
    feed(record(11));
    expect(shown()).toEqual(['mine']);
  });

  it('is sent once, however often its author asks', () => {
    store.retry(ids()[0]!);
    store.retry(ids()[0]!);
    expect(ids()).toHaveLength(2);
  });

  it('can be discarded', () => {
    store.discard(ids()[0]!);
    expect(store.pending()).toEqual([]);
  });
});

describe('an agreement', () => {
  const bea = aMessagePosted(9, { by: 'bea@acme.com' });
  let answer: (answer: Ack<Stored>) => void;
  beforeEach(async () => {
    socket.answers(
      'chat:agree',
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    await socket.join({ n: 10, messages: [reduceMessage(undefined, bea)!] });
  });

  const who = () => store.messages()[0]!.agreed;
  const agree = () => store.act({ name: 'chat:agree', message: reduceMessage(undefined, bea)! });

  it('is shown at once, and once when the feed delivers it', async () => {
    const done = agree();
    expect(who()).toEqual(['ana@acme.com']);
    expect(store.pending()).toEqual([]);
    const { id } = socket.payloads('chat:agree')[0]!;
    const head = { n: 11, at: NOON, by: 'ana@acme.com', id };
    socket.feed.next({ records: [{ ...head, type: 'message-agreed', message: 9 }] });
    expect(who()).toEqual(['ana@acme.com']);
    answer({ ok: true, data: { n: 11, at: NOON } });
    expect(await done).toMatchObject({ ok: true });
    expect(who()).toEqual(['ana@acme.com']);
  });

  it('is shown once when a snapshot contains it before its answer', async () => {
    void agree();
    socket.disconnect();
    await socket.join({ n: 11, messages: [{ ...reduceMessage(undefined, bea)!, agreed: ['ana@acme.com'] }] });
    expect(who()).toEqual(['ana@acme.com']);
  });

  it('is taken back when the server refuses it', async () => {
    const done = agree();
    answer({ ok: false, error: { code: 'NOT_FOUND', message: 'No.', retry: false } });
    expect(await done).toMatchObject({ ok: false });
    expect(who()).toBeUndefined();
    expect(store.pending()).toEqual([]);
  });

  it.each([
    ['NOT_FOUND', 'NOT_FOUND'],
    ['CONFLICT', 'SO_ALREADY'],
  ] as const)('that waited offline and is refused with %s stays, and says why: %s', async (code, shown) => {
    socket.disconnect();
    const done = agree();
    jest.advanceTimersByTime(0);
    expect(await done).toBe(QUEUED);
    await socket.join({ n: 10, messages: [reduceMessage(undefined, bea)!] });
    answer({ ok: false, error: { code, message: 'No.', retry: false } });
    await flushPromises();
    expect(store.pending()).toMatchObject([{ text: '', name: 'chat:agree', refused: { code: shown } }]);
  });
});

it('passes over what a newer version of the page has submitted in another tab', async () => {
  const command = { name: 'chat:whisper', payload: { id: 'new', text: 'psst' } } as never;
  storage.broadcast({
    kind: 'submitted',
    kept: { id: 'new', by: 'ana@acme.com', at: NOON, order: 1, tab: 'newer', command },
  });
  await flushPromises();
  expect(shown()).toEqual([]);
});

it('a discarded message is sent no more', async () => {
  socket.disconnect();
  store.send('mine');
  store.discard(store.pending()[0]!.id);
  await socket.join({ n: 10 });
  expect(ids()).toEqual([]);
  expect(shown()).toEqual([]);
});

it('what somebody left unsent is not shown to the next at the same page', async () => {
  store.send('mine');
  await refuse('UNIDENTIFIED');
  TestBed.inject(Member).become('bea@acme.com');
  expect(store.pending()).toEqual([]);
  TestBed.inject(Member).become('ana@acme.com');
  expect(shown()).toEqual(['mine']);
});
