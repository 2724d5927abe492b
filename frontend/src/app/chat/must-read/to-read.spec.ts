import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Message } from 'backend/contract';
import { Member } from '../../realtime/member';
import type { FakeSocket } from '../../testing/fake-socket';
import { flushPromises } from '../../testing/flush-promises';
import { fakePage } from '../../testing/page';
import { NOON, aMessagePosted } from '../../testing/records';
import { ChatStore } from '../chat-store';
import { ToRead } from './to-read';

const nobodyAnswers = new Promise<never>(() => {
  // Not while the spec runs.
});
const mustRead = ['ana@acme.com', 'bea@acme.com'];
const head = { at: NOON, by: 'carla@acme.com' };
const old: Message = { ...head, n: 2, command: 'command-2', text: 'viejo', mustRead };

let socket: FakeSocket;
let toRead: ToRead;
const texts = () => toRead.messages().map(({ text }) => text);

beforeEach(() => {
  socket = fakePage();
  socket.answers('chat:history', ({ before }) => ({
    ok: true,
    data: { messages: before === 3 ? [old] : [], more: true },
  }));
  TestBed.inject(Member).become('ana@acme.com');
  toRead = TestBed.inject(ToRead);
});

describe('what a member must read', () => {
  it('is what the server names, however old, and what comes live, oldest first', async () => {
    await socket.join({ n: 9, toRead: [2] });
    expect(texts()).toEqual(['viejo']);
    socket.feed.next({
      records: [
        aMessagePosted(10, { mustRead, text: 'nuevo' }),
        aMessagePosted(11, { mustRead: ['bea@acme.com'], text: 'para bea' }),
        { ...head, n: 12, id: 'e', type: 'message-edited', message: 10, text: 'corregido' },
      ],
    });
    expect(texts()).toEqual(['viejo', 'corregido']);
  });

  it('is gone when it was answered here, at once, on another device, or deleted', async () => {
    await socket.join({ n: 9, toRead: [2] });
    socket.feed.next({
      records: [aMessagePosted(10, { mustRead, text: 'a' }), aMessagePosted(11, { mustRead, text: 'b' })],
    });
    socket.answers('chat:agree', () => nobodyAnswers);
    void TestBed.inject(ChatStore).act({ name: 'chat:agree', message: old });
    await flushPromises();
    expect(texts()).toEqual(['a', 'b']);
    socket.feed.next({ records: [{ ...head, n: 12, id: 'd', type: 'message-deleted', message: 10 }] });
    expect(texts()).toEqual(['b']);
    socket.disconnect();
    await socket.join({ n: 13 });
    expect(texts()).toEqual([]);
  });

  it('is nothing for a visitor', async () => {
    TestBed.inject(Member).become(null);
    await socket.join({ n: 9 });
    socket.feed.next({ records: [aMessagePosted(10, { mustRead })] });
    expect(texts()).toEqual([]);
  });
});
