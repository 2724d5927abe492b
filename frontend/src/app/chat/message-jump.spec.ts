import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { LIMITS, reduceMessage, type Message } from 'backend/contract';
import { fakeSocket, type FakeSocket } from '../testing/fake-socket';
import { aMessagePosted } from '../testing/records';
import { UNANSWERED } from '../realtime/requester';
import { ChatStore } from './chat-store';
import { MessageJump } from './message-jump';

let socket: FakeSocket;
let jump: MessageJump;

const messages = (from: number, to: number): Message[] =>
  Array.from({ length: to - from }, (_, index) => reduceMessage(undefined, aMessagePosted(from + index))!);

/** The newest ten of that many. */
async function join(count: number): Promise<void> {
  socket.answers('chat:history', ({ before, limit }) => {
    const from = Math.max(1, before - limit);
    return { ok: true, data: { messages: messages(from, before), more: from > 1 } };
  });
  await socket.join({ n: count, messages: messages(count - 9, count + 1), more: true });
}

beforeEach(() => {
  socket = fakeSocket();
  TestBed.inject(ChatStore);
  jump = TestBed.inject(MessageJump);
});

describe('a jump to a message', () => {
  it('asks for nothing when it is loaded', async () => {
    await join(1_000);
    expect(await jump.load(995)).toBe(true);
    expect(socket.payloads('chat:history')).toEqual([]);
  });

  it('loads older ones until it is there', async () => {
    await join(1_000);
    expect(await jump.load(700)).toBe(true);
    expect(TestBed.inject(ChatStore).messages()[0]?.n).toBeLessThanOrEqual(700);
    expect(socket.payloads('chat:history').length).toBe(3);
  });

  it('gives up where that would be too many', async () => {
    await join(9_000);
    expect(await jump.load(10)).toBe(false);
    expect(TestBed.inject(ChatStore).messages().length).toBeLessThan(5_000 + LIMITS.historyPage);
  });

  it('gives up without a connection', async () => {
    await join(1_000);
    socket.answers('chat:history', () => UNANSWERED);
    expect(await jump.load(10)).toBe(false);
  });

  it('waits for a page that is already on its way', async () => {
    await join(1_000);
    const scrolled = TestBed.inject(ChatStore).loadOlder();
    const found = jump.load(700);
    TestBed.tick();
    await scrolled;
    TestBed.tick();
    expect(await found).toBe(true);
  });
});
