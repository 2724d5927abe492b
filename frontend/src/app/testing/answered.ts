import { jest } from '@jest/globals';

/** ms of fake time that pass at once: what takes several rounds of timers and promises comes a little later than it would. */
const SLICE_MS = 100;

/**
 * Lets every answer that is already there reach those who wait for it: promises only, no time passes. Twenty turns are
 * more than any chain of awaits between a socket and a signal has.
 */
export async function answered(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

/**
 * Lets fake time pass, with the promises that wait for it. For property tests, which do it thousands of times: Jest's own
 * `advanceTimersByTimeAsync` waits for real timers in between, whose speed is the machine's.
 */
export async function elapse(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= SLICE_MS) {
    jest.advanceTimersByTime(Math.min(SLICE_MS, left));
    await answered();
  }
}
