import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { JournalRecord } from '../contract/index.js';
import { Board } from '../../test/board.js';
import { MemoryLog } from '../../test/journal/memory-record-store.js';

describe('the feed after a start', () => {
  it('broadcasts nothing of what was stored before, and has the newest of it for those who return', async () => {
    const log = new MemoryLog();
    const earlier = await Board.open(log);
    for (const text of ['one', 'two', 'three']) await earlier.chat.send({ id: randomUUID(), text }, 'ana@acme.com');
    await earlier.close();

    const board = await Board.open(log);
    const packets: (readonly JournalRecord[])[] = [];
    board.feed.packets.subscribe((packet) => packets.push(packet));
    const { journal } = board.feed.join(null);

    expect(packets).toEqual([]);
    expect(board.feed.join({ journal, n: 1 })).toMatchObject({ mode: 'resumed', records: [{ n: 2 }, { n: 3 }] });
    await board.close();
  });
});
