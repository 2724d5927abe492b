import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { RecordedLog } from '../../test/recorded-log.js';
import { Refusal } from '../errors/refusal.js';
import { MemberThrottle } from './member-throttle.js';
import type { RealtimeSocket } from './socket.js';

const INTERVAL_MS = 1_000;

Logger.overrideLogger(new RecordedLog());

describe('what each member may do once in an interval', () => {
  let throttle: MemberThrottle;
  beforeEach(() => {
    jest.useFakeTimers();
    throttle = new MemberThrottle(INTERVAL_MS);
  });
  afterEach(() => void jest.useRealTimers());

  const connection = () => {
    const close = jest.fn();
    return { close, socket: { conn: { readyState: 'open', close } } as object as RealtimeSocket };
  };

  it('passes once, and again when the interval is over, counted from the first time', () => {
    const { socket } = connection();
    throttle.pass('ana', socket);
    jest.advanceTimersByTime(INTERVAL_MS - 1);
    expect(() => throttle.pass('ana', socket)).toThrow(Refusal);

    jest.advanceTimersByTime(1);

    throttle.pass('ana', socket);
    expect(() => throttle.pass('ana', socket)).toThrow(Refusal);
  });

  it('passes for one whatever another does', () => {
    throttle.pass('ana', connection().socket);
    throttle.pass('beto', connection().socket);
  });

  it('closes the connection that goes on and on, and no other of the same member', () => {
    const [first, other] = [connection(), connection()];
    const again = () => expect(() => throttle.pass('ana', first.socket)).toThrow(Refusal);
    throttle.pass('ana', other.socket);
    for (let count = 2; count <= 100; count++) again();
    expect(first.close).not.toHaveBeenCalled();

    again();

    expect(first.close).toHaveBeenCalledTimes(1);
    expect(other.close).not.toHaveBeenCalled();
  });

  it('keeps nothing of those who are quiet again', () => {
    throttle.pass('ana', connection().socket);
    expect(jest.getTimerCount()).toBe(1);

    jest.advanceTimersByTime(INTERVAL_MS);

    expect(jest.getTimerCount()).toBe(0);
  });
});
