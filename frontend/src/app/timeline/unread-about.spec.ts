import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { ReadMark } from '../chat/read-mark';
import { Member } from '../realtime/member';
import type { FakeSocket } from '../testing/fake-socket';
import { flushPromises } from '../testing/flush-promises';
import { fakePage } from '../testing/page';
import { aMessagePosted } from '../testing/records';
import { UnreadAbout } from './unread-about';

let socket: FakeSocket;
let unread: UnreadAbout;
/** Messages about product 3. */
let messages: number[];

beforeEach(() => {
  socket = fakePage();
  messages = [5, 6, 7];
  socket.answers('product:unread', ({ after }) => {
    const count = messages.filter((n) => n > after).length;
    return { ok: true, data: { n: 7, products: count > 0 ? [{ product: 3, messages: count }] : [] } };
  });
  socket.answers('mark:set', ({ n }) => ({ ok: true, data: { n } }));
  TestBed.inject(Member).become('ana@acme.com');
  unread = TestBed.inject(UnreadAbout);
});

const settled = async (): Promise<void> => {
  TestBed.tick();
  await flushPromises();
};

describe('messages about a product that were not read', () => {
  it('are counted from the mark on, again when it moves and when one more comes', async () => {
    await socket.join({ n: 7, mark: 5 });
    await settled();
    expect(unread.counts().get(3)).toBe(2);

    messages.push(8);
    socket.feed.next({ records: [aMessagePosted(8, { about: [3], by: 'bea@acme.com' })] });
    await settled();
    expect(unread.counts().get(3)).toBe(3);

    TestBed.inject(ReadMark).seen(8);
    await settled();
    expect(unread.counts().size).toBe(0);
  });

  it('are not asked for by a visitor, nor for what is about no product', async () => {
    await socket.join({ n: 7, mark: 7 });
    await settled();
    const asked = socket.payloads('product:unread').length;
    socket.feed.next({ records: [aMessagePosted(8)] });
    await settled();
    expect(socket.payloads('product:unread')).toHaveLength(asked);

    TestBed.inject(Member).become(null);
    await settled();
    socket.feed.next({ records: [aMessagePosted(9, { about: [3] })] });
    await settled();
    expect(socket.payloads('product:unread')).toHaveLength(asked);
    expect(unread.counts().size).toBe(0);
  });
});
