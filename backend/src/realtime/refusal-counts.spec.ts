import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { RefusalCounts } from './refusal-counts.js';

const lines: string[] = [];
let counts: RefusalCounts;
beforeEach(() => {
  jest.useFakeTimers();
  lines.length = 0;
  counts = new RefusalCounts((line) => lines.push(line));
});
afterEach(() => {
  jest.useRealTimers();
});

it('says once a minute how many were refused with which code, however many that are', async () => {
  for (let index = 0; index < 5_000; index++) counts.add('RATE_LIMITED');
  counts.add('CONFLICT');
  expect(lines).toEqual([]);

  await jest.advanceTimersByTimeAsync(60_000);

  expect(lines).toEqual(['Refused in the last minute: 1 CONFLICT, 5000 RATE_LIMITED']);
});

it('says nothing while nothing is refused, and begins anew after that', async () => {
  counts.add('CONFLICT');
  await jest.advanceTimersByTimeAsync(600_000);
  counts.add('FORBIDDEN');
  await jest.advanceTimersByTimeAsync(60_000);

  expect(lines).toEqual(['Refused in the last minute: 1 CONFLICT', 'Refused in the last minute: 1 FORBIDDEN']);
});
