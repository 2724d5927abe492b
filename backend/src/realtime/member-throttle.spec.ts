import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Refusal } from '../errors/refusal.js';
import { MemberThrottle } from './member-throttle.js';

const INTERVAL_MS = 1_000;

describe('what each member may do once in an interval', () => {
  let throttle: MemberThrottle;
  beforeEach(() => {
    jest.useFakeTimers();
    throttle = new MemberThrottle(INTERVAL_MS);
  });
  afterEach(() => void jest.useRealTimers());

  it('passes once, and again when the interval is over, counted from the first time', () => {
    throttle.pass('ana');
    jest.advanceTimersByTime(INTERVAL_MS - 1);
    expect(() => throttle.pass('ana')).toThrow(Refusal);

    jest.advanceTimersByTime(1);

    throttle.pass('ana');
    expect(() => throttle.pass('ana')).toThrow(Refusal);
  });

  it('passes for one whatever another does', () => {
    throttle.pass('ana');
    throttle.pass('beto');
  });

  it('keeps nothing of those who are quiet again', () => {
    throttle.pass('ana');
    expect(jest.getTimerCount()).toBe(1);

    jest.advanceTimersByTime(INTERVAL_MS);

    expect(jest.getTimerCount()).toBe(0);
  });
});
