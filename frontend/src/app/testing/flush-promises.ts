import { jest } from '@jest/globals';

/** Fake time advances in steps of this size; a chain of timers and promises may therefore end a little later. */
const STEP_MS = 100;

/**
 * Runs all pending promise callbacks, without advancing time. Twenty rounds are more than any chain of awaits between a
 * socket and a signal has.
 */
export async function flushPromises(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

/**
 * Advances fake time, and runs the promise callbacks of each step. For property tests, which do it thousands of times:
 * Jest's own `advanceTimersByTimeAsync` waits for real timers in between, which makes it slow.
 */
export async function advanceTime(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= STEP_MS) {
    jest.advanceTimersByTime(Math.min(STEP_MS, left));
    await flushPromises();
  }
}
