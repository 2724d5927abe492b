import { beforeEach, expect, it } from '@jest/globals';
import { SLOW_SYNC_MS, SlowSyncs } from './slow-syncs.js';

const lines: string[] = [];
let syncs: SlowSyncs;
beforeEach(() => {
  lines.length = 0;
  syncs = new SlowSyncs((line) => lines.push(line));
});

it('says nothing of a sync that is fast enough', () => {
  syncs.note(SLOW_SYNC_MS - 1, 0);
  expect(lines).toEqual([]);
});

it('says at once that one was slow, and then once a minute how many were', () => {
  for (let now = 0; now <= 60_000; now += 2_000) syncs.note(1_999.6, now);

  expect(lines).toEqual([
    'The disk is slow: it took 2000 ms to confirm a write, for which everybody waited.',
    'The disk is slow: it took 2000 ms to confirm a write, for which everybody waited. 30 times since this was last said.',
  ]);
});
