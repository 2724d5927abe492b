import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SESSION_PATH, SESSIONS_PATH, type Refused } from 'backend/contract';
import { Connection } from '../realtime/connection';
import { Member } from '../realtime/member';
import { RealtimeSocket } from '../realtime/realtime-socket';
import { flushPromises } from '../testing/flush-promises';
import { FakeSocket } from '../testing/fake-socket';
import { NOON, aSnapshot } from '../testing/records';
import { SessionStore } from './session-store';

let socket: FakeSocket;
let http: HttpTestingController;
let store: SessionStore;

beforeEach(() => {
  jest.useFakeTimers();
  socket = new FakeSocket();
  socket.answers('feed:join', () => ({ ok: true, data: aSnapshot() }));
  TestBed.configureTestingModule({
    providers: [provideHttpClient(), provideHttpClientTesting(), { provide: RealtimeSocket, useValue: socket }],
  });
  http = TestBed.inject(HttpTestingController);
  store = TestBed.inject(SessionStore);
});
afterEach(() => {
  http.verify();
  jest.useRealTimers();
});

const asked = (method: 'GET' | 'POST' | 'DELETE') => http.expectOne({ method, url: SESSION_PATH });
const offline = () => new ProgressEvent('error');

async function known(email: string | null): Promise<void> {
  asked('GET').flush({ email });
  await flushPromises();
}

/** The page connects, and asks once more who it is. */
async function connected(email: string | null): Promise<void> {
  socket.connect();
  await known(email);
}

async function identify(email: string, answer: () => void): Promise<Refused | null> {
  const done = store.identify(email);
  answer();
  return done;
}

describe('at the start', () => {
  it('is loading until the server says who the cookie is', async () => {
    expect(store.loading()).toBe(true);
    await known('ana@acme.com');
    expect(store.loading()).toBe(false);
    expect(store.email()).toBe('ana@acme.com');
  });

  it('asks again, with growing delay, until the server can be reached', async () => {
    for (const delay of [500, 1_000]) {
      asked('GET').error(offline());
      await flushPromises();
      expect(store.loading()).toBe(true);
      http.expectNone(SESSION_PATH);
      await jest.advanceTimersByTimeAsync(delay);
    }
    await known(null);
    expect(store.loading()).toBe(false);
    await jest.advanceTimersByTimeAsync(60_000);
  });
});

describe('who identifies', () => {
  beforeEach(() => known(null));

  it('is who the server says, and connects again so that the socket knows it too', async () => {
    const refused = await identify('Ana@ACME.com', () => {
      const request = asked('POST');
      expect(request.request.body).toEqual({ email: 'Ana@ACME.com' });
      request.flush({ email: 'ana@acme.com' });
    });
    expect(refused).toBeNull();
    expect(store.email()).toBe('ana@acme.com');
    expect(socket.calls.reopen).toBe(1);
    await known('ana@acme.com');
  });

  it('gets the reason of a refusal, in the words of the server', async () => {
    const error: Refused = { code: 'INVALID', message: 'No e-mail.', retry: false, fields: [] };
    const refused = await identify('ana', () => {
      asked('POST').flush({ ok: false, error }, { status: 400, statusText: 'Bad Request' });
    });
    expect(refused).toEqual(error);
    expect(store.email()).toBeNull();
    expect(socket.calls.reopen).toBe(0);
  });

  it('may try again when the server could not be reached', async () => {
    const refused = await identify('ana@acme.com', () => asked('POST').error(offline()));
    expect(refused).toMatchObject({ retry: true });
    const again = await identify('ana@acme.com', () => {
      asked('POST').flush('<html>', { status: 502, statusText: 'Bad Gateway' });
    });
    expect(again).toMatchObject({ retry: true });
  });

  it('is not undone by the late answer of an older request', async () => {
    socket.connect();
    const late = asked('GET');
    // The new connection takes its time.
    socket.reopen = () => socket.disconnect();
    await identify('ana@acme.com', () => asked('POST').flush({ email: 'ana@acme.com' }));
    late.flush({ email: null });
    await flushPromises();
    expect(store.email()).toBe('ana@acme.com');
  });
});

describe('who is identified', () => {
  beforeEach(() => known('ana@acme.com'));

  it('leaves, and the socket with them', async () => {
    const done = store.leave();
    asked('DELETE').flush(null, { status: 204, statusText: 'No Content' });
    expect(await done).toBeNull();
    expect(store.email()).toBeNull();
    expect(socket.calls.reopen).toBe(1);
    await known(null);
  });

  it('leaves on all devices, this one among them', async () => {
    const done = store.leaveEverywhere();
    http.expectOne({ method: 'DELETE', url: SESSIONS_PATH }).flush(null, { status: 204, statusText: 'No Content' });
    expect(await done).toBeNull();
    expect(store.email()).toBeNull();
    await known(null);
  });

  it('may do from then on what an admin says, and is out when an admin says so', async () => {
    await connected('ana@acme.com');
    const member = TestBed.inject(Member);
    const set = (n: number, who: string, access: 'none' | 'reader' | 'member') =>
      socket.feed.next({
        records: [
          { n, at: NOON, by: 'root@acme.com', id: `command-${n}`, type: 'member-access-set', member: who, access },
        ],
      });
    set(1, 'beto@acme.com', 'reader');
    expect(member.role()).toBeUndefined();

    set(2, 'ana@acme.com', 'reader');
    expect(member.role()).toBe('reader');
    asked('GET').flush({ email: 'ana@acme.com', role: 'reader', proof: 'code' });
    await flushPromises();
    expect([member.role(), store.proof()]).toEqual(['reader', 'code']);

    set(3, 'ana@acme.com', 'none');
    await known(null);
    expect([store.email(), store.ended()]).toEqual([null, true]);
  });

  it('is still identified when leaving fails', async () => {
    const done = store.leave();
    asked('DELETE').error(offline());
    expect(await done).toMatchObject({ retry: true });
    expect(store.email()).toBe('ana@acme.com');
  });

  it('stays so when the connection breaks, and when the server cannot say', async () => {
    await connected('ana@acme.com');
    socket.disconnect();
    socket.connect();
    asked('GET').error(offline());
    await flushPromises();
    expect(store.email()).toBe('ana@acme.com');
    await jest.advanceTimersByTimeAsync(500);
    await known('ana@acme.com');
  });

  it('is no longer, when another tab of the browser has left', async () => {
    await connected('ana@acme.com');
    socket.disconnect();
    socket.connect();
    await known(null);
    expect(store.email()).toBeNull();
  });

  it('leaves no command that would be sent in the name of the next member, and none is lost', async () => {
    socket.answers('chat:send', () => ({ ok: true, data: { n: 1, at: NOON } }));
    const command = TestBed.inject(Connection).command('chat:send', { id: '1', text: 'by Ana' });
    await connected('bea@acme.com');
    await jest.advanceTimersByTimeAsync(60_000);
    expect(socket.payloads('chat:send')).toEqual([]);
    expect(TestBed.inject(Connection).pending()).toEqual([]);
    socket.disconnect();
    await connected('ana@acme.com');
    expect(await command).toMatchObject({ ok: true });
  });

  it('sends what was submitted offline as soon as the server confirms that it is the same person', async () => {
    socket.answers('chat:send', () => ({ ok: true, data: { n: 1, at: NOON } }));
    const command = TestBed.inject(Connection).command('chat:send', { id: '1', text: 'by Ana' });
    socket.connect();
    asked('GET').error(offline());
    await jest.advanceTimersByTimeAsync(500);
    expect(socket.payloads('chat:send')).toEqual([]);
    await known('ana@acme.com');
    expect(await command).toMatchObject({ ok: true });
  });
});

describe('a session that ends', () => {
  beforeEach(() => known('ana@acme.com'));

  it('elsewhere is said until somebody identifies again', async () => {
    await connected('ana@acme.com');
    await connected(null);
    expect([store.email(), store.ended()]).toEqual([null, true]);
    await identify('ana@acme.com', () => asked('POST').flush({ email: 'ana@acme.com' }));
    expect(store.ended()).toBe(false);
    await known('ana@acme.com');
  });

  it('because its member left is nothing to be said', async () => {
    await connected('ana@acme.com');
    const left = store.leave();
    asked('DELETE').flush({});
    await left;
    await known(null);
    expect(store.ended()).toBe(false);
  });
});
