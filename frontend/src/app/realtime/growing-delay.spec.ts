import { expect, it } from '@jest/globals';
import { growingDelay } from './growing-delay';

it('doubles the wait with each attempt, and never waits longer than 5 s', () => {
  for (const [attempt, longest] of [500, 1_000, 2_000, 4_000, 5_000, 5_000].entries()) {
    const delay = growingDelay(attempt);
    expect(delay).toBeGreaterThanOrEqual(longest / 2);
    expect(delay).toBeLessThanOrEqual(longest);
  }
});

it('does not send everybody back in the same instant', () => {
  const delays = Array.from({ length: 20 }, () => growingDelay(3));
  expect(new Set(delays).size).toBeGreaterThan(1);
});
