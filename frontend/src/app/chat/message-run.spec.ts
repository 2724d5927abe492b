import { describe, expect, it } from '@jest/globals';
import { reduceMessage, type Message } from 'backend/contract';
import { aMessagePosted } from '../testing/records';
import { WINDOW, newestFrom, olderFrom, shownFrom } from './message-run';

const run: readonly Message[] = Array.from({ length: 250 }, (_, i) => reduceMessage(undefined, aMessagePosted(i + 1))!);

describe('the window of a conversation', () => {
  it('is everything when that is little', () => {
    const few = run.slice(0, 3);
    expect(shownFrom(few, newestFrom(few))).toHaveLength(3);
  });

  it('is the newest messages at first', () => {
    const shown = shownFrom(run, newestFrom(run));
    expect([shown[0]?.message.n, shown.at(-1)?.message.n]).toEqual([151, 250]);
  });

  it('opens upwards until everything is shown', () => {
    const second = olderFrom(run, newestFrom(run));
    expect(shownFrom(run, second)).toHaveLength(2 * WINDOW);
    const third = olderFrom(run, second);
    expect(third).toBeNull();
    expect(shownFrom(run, third)).toHaveLength(250);
  });
});
