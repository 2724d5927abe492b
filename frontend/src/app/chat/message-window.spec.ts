import { describe, expect, it } from '@jest/globals';
import { reduceMessage, type Message } from 'backend/contract';
import { aMessagePosted } from '../testing/records';
import { MAX_ROWS, WINDOW, around, bounded, holds, movedDown, movedUp, newest, shownIn } from './message-window';

const many = (count: number, first = 1): readonly Message[] =>
  Array.from({ length: count }, (_, index) => reduceMessage(undefined, aMessagePosted(first + index))!);
const run = many(4_700);
const ends = (messages: readonly Message[], window: Parameters<typeof shownIn>[1]) => {
  const shown = shownIn(messages, window);
  return [shown[0]?.message.n, shown.at(-1)?.message.n];
};

describe('the window of a conversation', () => {
  it('is everything when that is little', () => {
    const few = run.slice(0, 3);
    expect(shownIn(few, newest(few))).toHaveLength(3);
  });

  it('is the newest messages at first, and follows what comes', () => {
    expect(ends(run, newest(run))).toEqual([4_601, 4_700]);
    expect(ends(many(4_702), newest(run))).toEqual([4_601, 4_702]);
  });

  it('goes up to the first message and back down to the last without ever being too large', () => {
    let window = newest(run);
    for (let moves = 0; moves < 120; moves++) {
      window = movedUp(run, window);
      expect(shownIn(run, window).length).toBeLessThanOrEqual(MAX_ROWS);
    }
    expect(ends(run, window)).toEqual([1, MAX_ROWS]);
    for (let moves = 0; moves < 120; moves++) {
      window = movedDown(run, window);
      expect(shownIn(run, window).length).toBeLessThanOrEqual(MAX_ROWS);
    }
    expect(ends(run, window)[1]).toBe(4_700);
    expect(window.to).toBe(Infinity);
  });

  it('keeps what it shows in common with the one before, so that a reader keeps the place', () => {
    const up = movedUp(run, movedUp(run, newest(run)));
    expect(ends(run, up)).toEqual([4_501, 4_650]);
    expect(ends(run, movedDown(run, up))).toEqual([4_551, 4_700]);
  });

  it('stays where somebody reads while others write, and does not grow without end', () => {
    const window = movedUp(run, newest(run));
    expect(ends(run, window)).toEqual([4_551, 4_700]);
    const later = many(4_900);
    expect(ends(later, bounded(later, window))).toEqual([4_551, 4_700]);
  });

  it('has a message that somebody looks for in its middle', () => {
    const window = around(run, 2_000);
    expect(holds(window, 2_000)).toBe(true);
    expect(ends(run, window)).toEqual([1_950, 2_049]);
    expect(ends(run, around(run, 2))).toEqual([1, 51]);
    expect(around(run, 4_699).to).toBe(Infinity);
  });

  it('is not empty when what it showed is gone', () => {
    const other = many(60, 9_000);
    expect(shownIn(other, bounded(other, { from: 0, to: 100 }))).toHaveLength(60);
    expect(shownIn(run, bounded(run, { from: 9_000, to: Infinity }))).toHaveLength(WINDOW);
  });
});

describe('what stands between messages', () => {
  const said = (n: number, by: string, at = '2026-03-01T12:00:00.000Z') =>
    reduceMessage(undefined, aMessagePosted(n, { by, at }))!;

  it('is the day where one begins, and nothing above a line of the same author', () => {
    const messages = [
      said(1, 'ana@acme.com'),
      said(2, 'ana@acme.com'),
      said(3, 'bea@acme.com'),
      said(4, 'bea@acme.com', '2026-03-05T12:00:00.000Z'),
    ];
    const shown = shownIn(messages, newest(messages));
    expect(shown.map(({ day }) => day)).toEqual(['01/03/2026', null, null, '05/03/2026']);
    expect(shown.map(({ follows }) => follows)).toEqual([false, true, false, false]);
  });

  it('is the line «new» before the first unread message, which says whose it is', () => {
    const messages = [said(1, 'ana@acme.com'), said(2, 'ana@acme.com')];
    const shown = shownIn(messages, newest(messages), 2);
    expect(shown.map(({ firstNew, follows }) => [firstNew, follows])).toEqual([
      [false, false],
      [true, false],
    ]);
  });
});
