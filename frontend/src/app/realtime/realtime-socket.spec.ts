import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Socket } from 'ngx-socket-io';
import { Subject } from 'rxjs';
import { flushPromises } from '../testing/flush-promises';
import { RealtimeSocket } from './realtime-socket';
import { UNANSWERED } from './requester';

/** What the wrapper uses of ngx-socket-io; the spec plays the network. */
class FakeIo {
  connected = false;
  active = true;
  readonly emitted: string[] = [];
  /** How long each request was to wait, in ms. */
  readonly limits: number[] = [];
  readonly connects: number[] = [];
  readonly listened: string[] = [];
  answer: Promise<unknown> = Promise.resolve({ ok: true, data: { n: 1 } });
  private readonly streams: Record<string, Subject<unknown>> = {};

  get volatile(): this {
    this.emitted.push('volatile');
    return this;
  }
  fromEvent(name: string): Subject<unknown> {
    this.listened.push(name);
    return this.stream(name);
  }
  on(name: string, listener: (value: unknown) => void): void {
    this.stream(name).subscribe(listener);
  }
  connect(): void {
    this.connects.push(Date.now());
  }
  disconnect(): void {
    this.happen('disconnect', 'io client disconnect');
  }
  emit(name: string): void {
    this.emitted.push(name);
  }
  timeout(limit: number): this {
    this.limits.push(limit);
    return this;
  }
  emitWithAck(name: string): Promise<unknown> {
    this.emitted.push(name);
    return this.answer;
  }
  happen(name: string, value?: unknown): void {
    if (name === 'connect' || name === 'disconnect') this.connected = name === 'connect';
    this.stream(name).next(value);
  }
  private stream(name: string): Subject<unknown> {
    return (this.streams[name] ??= new Subject());
  }
}

let io: FakeIo;
let socket: RealtimeSocket;
let states: boolean[];

beforeEach(() => {
  jest.useFakeTimers();
  io = new FakeIo();
  TestBed.configureTestingModule({ providers: [{ provide: Socket, useValue: io }] });
  socket = TestBed.inject(RealtimeSocket);
  states = [];
  socket.connected.subscribe((online) => states.push(online));
  socket.open();
});
afterEach(() => {
  jest.useRealTimers();
});

it('says when it is connected and when it is not', () => {
  io.happen('connect');
  io.happen('disconnect', 'transport close');
  expect(states).toEqual([true, false]);
});

it('listens to each event once, because ngx-socket-io leaks the second', () => {
  socket.connected.subscribe();
  socket.feed.subscribe();
  expect(new Set(io.listened).size).toBe(io.listened.length);
});

it('resolves to the answer of the server', async () => {
  io.happen('connect');
  expect(await socket.request('feed:join', { cursor: null })).toEqual({ ok: true, data: { n: 1 } });
});

it('answers for the server when that does not, or when the connection is cut', async () => {
  io.happen('connect');
  io.answer = Promise.reject(new Error('operation has timed out'));
  expect(await socket.request('feed:join', { cursor: null })).toEqual(UNANSWERED);
});

it('waits for an answer that travels long, and not so long for one that is short', async () => {
  io.happen('connect');
  await socket.request('products:page', { after: 0 });
  await socket.request('chat:send', { id: '1', text: 'hello' });
  expect(io.limits).toEqual([60_000, 10_000]);
});

it('leaves nothing in the buffer of socket.io while it is not connected', async () => {
  expect(await socket.request('feed:join', { cursor: null })).toEqual(UNANSWERED);
  socket.notifyTyping();
  expect(io.emitted).toEqual([]);
});

it('notifies typing only if that can be sent at once', () => {
  io.happen('connect');
  socket.notifyTyping();
  expect(io.emitted).toEqual(['volatile', 'chat:typing']);
});

it('connects anew, so that the handshake carries the new cookie', () => {
  io.happen('connect');
  socket.reopen();
  expect(states).toEqual([true, false]);
  expect(io.connects).toHaveLength(2);
});

it('comes back after the server has closed the connection, which socket.io does not', async () => {
  io.happen('connect');
  io.happen('disconnect', 'io server disconnect');
  expect(io.connects).toHaveLength(1);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(io.connects).toHaveLength(2);
});

it('comes back after the server has refused the handshake, and leaves other failures to socket.io', async () => {
  io.happen('connect_error', new Error('websocket error'));
  await jest.advanceTimersByTimeAsync(60_000);
  expect(io.connects).toHaveLength(1);
  io.active = false;
  io.happen('connect_error', new Error('not now'));
  await jest.advanceTimersByTimeAsync(2_000);
  expect(io.connects).toHaveLength(2);
});

it('does not come back when the page itself has closed', async () => {
  io.happen('connect');
  io.disconnect();
  await flushPromises();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(io.connects).toHaveLength(1);
});
