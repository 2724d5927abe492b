import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { Member } from '../realtime/member';
import { fakeSocket, type FakeSocket } from '../testing/fake-socket';
import { Typing } from './typing';

let socket: FakeSocket;
let typing: Typing;

beforeEach(() => {
  jest.useFakeTimers();
  socket = fakeSocket();
  TestBed.inject(Member).become('ana@acme.com');
  typing = TestBed.inject(Typing);
});
afterEach(() => {
  jest.useRealTimers();
});

const receiveTyping = (by: string) => socket.typing.next({ by });

it('notifies the others at most once in three seconds', () => {
  typing.notify();
  jest.advanceTimersByTime(2_999);
  typing.notify();
  expect(socket.calls.notifyTyping).toBe(1);
  jest.advanceTimersByTime(1);
  typing.notify();
  expect(socket.calls.notifyTyping).toBe(2);
});

it('notifies them at once again after the message is sent', () => {
  typing.notify();
  typing.sent();
  typing.notify();
  expect(socket.calls.notifyTyping).toBe(2);
});

it('forgets somebody five seconds after the last sign', () => {
  receiveTyping('bea@acme.com');
  jest.advanceTimersByTime(4_000);
  receiveTyping('carl@acme.com');
  receiveTyping('bea@acme.com');
  expect(typing.others()).toEqual(['bea@acme.com', 'carl@acme.com']);
  jest.advanceTimersByTime(4_999);
  expect(typing.others()).toHaveLength(2);
  jest.advanceTimersByTime(1);
  expect(typing.others()).toEqual([]);
});

it('forgets everybody when the connection breaks', () => {
  receiveTyping('bea@acme.com');
  receiveTyping('carl@acme.com');
  socket.connected.next(false);
  expect(typing.others()).toEqual([]);
});

it('does not show that I type in another tab', () => {
  receiveTyping('ana@acme.com');
  expect(typing.others()).toEqual([]);
});
