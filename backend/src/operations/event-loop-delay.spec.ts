import { beforeEach, describe, expect, it } from '@jest/globals';
import { EventLoopDelay } from './event-loop-delay.js';

/** Between two looks, in ms. */
const STEP = 200;

describe('the delay of the event loop', () => {
  let delay: EventLoopDelay;
  let now: number;
  beforeEach(() => {
    delay = new EventLoopDelay();
    now = 0;
    look();
  });

  /** The next look, so many ms late. */
  const look = (late = 0): void => delay.sample((now += STEP + late));
  const lookForSeconds = (seconds: number): void => {
    for (let ms = 0; ms < 1_000 * seconds; ms += STEP) look();
  };

  it('is none while every look comes in time, whenever the first one came', () => {
    lookForSeconds(5);
    expect(delay.longestMs).toBe(0);
  });

  it('is by how much the latest look was late', () => {
    look(20);
    look(4_000);
    look(300);
    expect(delay.longestMs).toBe(4_000);
  });

  it('is remembered for ten seconds, and forgotten after twenty', () => {
    look(4_000);
    lookForSeconds(9);
    expect(delay.longestMs).toBe(4_000);
    lookForSeconds(12);
    expect(delay.longestMs).toBe(0);
  });

  it('is reported each time', () => {
    const samples: number[] = [];
    delay.samples.subscribe((ms) => samples.push(ms));
    look(7);
    look();
    expect(samples).toEqual([7, 0]);
  });
});
