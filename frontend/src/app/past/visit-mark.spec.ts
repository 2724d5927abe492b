import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { CatchUp } from 'backend/contract';
import { Member } from '../realtime/member';
import { fakeSocket, type FakeSocket } from '../testing/fake-socket';
import { flushPromises } from '../testing/flush-promises';
import { NOON, aCatchUp, aMessagePosted } from '../testing/records';
import { VisitMark } from './visit-mark';

const MINUTE_MS = 60_000;

let socket: FakeSocket;
let mark: VisitMark;

beforeEach(() => {
  jest.useFakeTimers({ now: new Date(NOON), doNotFake: ['queueMicrotask', 'setImmediate', 'nextTick'] });
  jest.spyOn(document, 'hasFocus').mockReturnValue(true);
  socket = fakeSocket();
  socket.answers('mark:set', ({ n, of }) => ({ ok: true, data: { n, ...(of && { of }) } }));
  TestBed.inject(Member).become('ana@acme.com');
  mark = TestBed.inject(VisitMark);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const sent = () => socket.payloads('mark:set').map(({ n }) => n);
const happens = (n: number) => socket.feed.next({ records: [aMessagePosted(n, { by: 'bea@acme.com' })] });
const finds = (found: Partial<CatchUp>) => socket.answers('catch-up', () => ({ ok: true, data: aCatchUp(found) }));
const one = { added: 0, removed: 0, changed: 2, mentions: 1, messages: 3 };

async function join(visit: number, n: number): Promise<void> {
  await socket.join({ n, visit: { n: visit, at: NOON } });
  TestBed.tick();
  await flushPromises();
}

/** To the page or away from it, and how much time passes before. */
async function attention(event: 'focus' | 'blur', after = 0): Promise<void> {
  jest.advanceTimersByTime(after);
  window.dispatchEvent(new Event(event));
  TestBed.tick();
  await flushPromises();
}

describe('the mark of a visit', () => {
  it('moves along, once a minute, with who looks at the page and has missed nothing', async () => {
    await join(5, 5);
    happens(6);
    happens(7);
    expect(sent()).toEqual([]);
    jest.advanceTimersByTime(MINUTE_MS);
    expect(sent()).toEqual([7]);
    await flushPromises();
    jest.advanceTimersByTime(3 * MINUTE_MS);
    expect(sent()).toEqual([7]);
  });

  it('moves when somebody leaves the page, and not while nobody looks at it', async () => {
    await join(5, 5);
    happens(6);
    await attention('blur', 1_000);
    expect(sent()).toEqual([6]);
    happens(7);
    jest.advanceTimersByTime(5 * MINUTE_MS);
    expect(sent()).toEqual([6]);
  });

  it('stays where it is when something was missed, until the member says that it was seen', async () => {
    finds({ n: 9, to: { n: 9, at: NOON }, totals: one });
    await join(5, 9);
    expect(mark.missed()).toEqual({ from: { n: 5, at: NOON }, upTo: 9, changes: 2, messages: 4 });
    happens(10);
    jest.advanceTimersByTime(MINUTE_MS);
    await attention('blur');
    expect(sent()).toEqual([]);
    mark.seen(9);
    expect([mark.missed(), sent()]).toEqual([null, [9]]);
  });

  it('moves on when what came after it was nothing in the end', async () => {
    finds({ n: 9, to: { n: 9, at: NOON } });
    await join(5, 9);
    expect([mark.missed(), sent()]).toEqual([null, [9]]);
  });

  it('waits for an index that is behind', async () => {
    finds({ n: 6 });
    await join(5, 9);
    expect(mark.missed()).toBeNull();
    finds({ n: 9, to: { n: 9, at: NOON }, totals: one });
    jest.advanceTimersByTime(MINUTE_MS);
    await flushPromises();
    expect(mark.missed()?.changes).toBe(2);
    expect(sent()).toEqual([]);
  });

  it('asks again of who comes back to a page that stayed open, and not after a short look elsewhere', async () => {
    await join(5, 5);
    await attention('blur');
    happens(6);
    await attention('focus', 5 * MINUTE_MS);
    expect(socket.payloads('catch-up')).toEqual([]);
    await attention('blur');
    expect(sent()).toEqual([6]);
    happens(7);
    finds({ n: 7, to: { n: 7, at: NOON }, totals: one });
    await attention('focus', 11 * MINUTE_MS);
    expect(mark.missed()?.upTo).toBe(7);
    expect(socket.payloads('catch-up')).toEqual([{ from: { n: 6 } }]);
  });

  it('takes what another device has seen', async () => {
    finds({ n: 9, to: { n: 9, at: NOON }, totals: one });
    await join(5, 9);
    socket.visits.next({ n: 9, of: 'visit' });
    expect([mark.missed(), mark.place()?.n, sent()]).toEqual([null, 9, []]);
  });

  it('says nothing of one member to the next, and nothing to a visitor', async () => {
    finds({ n: 9, to: { n: 9, at: NOON }, totals: one });
    await join(5, 9);
    TestBed.inject(Member).become('bea@acme.com');
    expect([mark.missed(), mark.place()]).toEqual([null, undefined]);
    await socket.join({ n: 9 });
    expect(mark.place()).toBeUndefined();
  });
});
