import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Ack, Cursor, Data, JournalRecord, Resumed, Snapshot } from 'backend/contract';
import { flushPromises } from '../testing/flush-promises';
import { JOURNAL, aMessagePosted, aProduct, aSnapshot } from '../testing/records';
import { Feed, type FeedChange } from './feed';
import { UNANSWERED } from './requester';

type Joined = Ack<Data<'feed:join'>>;

let cursors: (Cursor | null)[];
let answers: ((answer: Joined) => void)[];
let changes: FeedChange[];
let reloads: number;
let feed: Feed;

beforeEach(() => {
  jest.useFakeTimers();
  cursors = [];
  answers = [];
  changes = [];
  reloads = 0;
  feed = new Feed(
    (cursor) => {
      cursors.push(cursor);
      return new Promise((resolve) => {
        answers.push(resolve);
      });
    },
    { changed: (change) => changes.push(change), reloadNeeded: () => reloads++ },
  );
});
afterEach(() => {
  jest.useRealTimers();
});

/** The records from `from` to `to`. */
const records = (from: number, to: number): JournalRecord[] =>
  Array.from({ length: to - from + 1 }, (_, index) => aMessagePosted(from + index));

const packet = (from: number, to = from) => feed.receive({ records: records(from, to) });

const resumed = (from: number, to: number): Resumed => ({
  mode: 'resumed',
  journal: JOURNAL,
  n: to,
  records: records(from, to),
});

/** Answers the last join. */
async function answer(data: Resumed | Snapshot): Promise<void> {
  answers.at(-1)!({ ok: true, data });
  await flushPromises();
}

async function joinedAt(n: number): Promise<void> {
  feed.connected();
  await answer(aSnapshot({ n }));
  changes = [];
}

/** The numbers that the listener got, in order. */
const heard = (): number[] =>
  changes.flatMap((change) => (change.kind === 'records' ? change.records.map(({ n }) => n) : []));

const modes = (): string[] => changes.map(({ kind }) => kind);

describe('joining', () => {
  it('starts without a cursor, and hands over the snapshot', async () => {
    feed.connected();
    await answer(aSnapshot({ n: 7, products: [aProduct()] }));
    expect(cursors).toEqual([null]);
    expect(changes).toEqual([{ kind: 'snapshot', snapshot: aSnapshot({ n: 7, products: [aProduct()] }) }]);
    expect(feed.applied).toBe(7);
  });

  it('continues at its cursor after a reconnect', async () => {
    await joinedAt(3);
    packet(4);
    feed.disconnected();
    feed.connected();
    await answer(resumed(5, 6));
    expect(cursors.at(-1)).toEqual({ journal: JOURNAL, n: 4, command: 'command-4' });
    expect(heard()).toEqual([4, 5, 6]);
  });

  it('says nothing when nothing happened meanwhile', async () => {
    await joinedAt(3);
    feed.disconnected();
    feed.connected();
    await answer({ ...resumed(4, 3), n: 3 });
    expect(changes).toEqual([]);
    feed.disconnected();
    feed.connected();
    expect(cursors.at(-1)).toEqual({ journal: JOURNAL, n: 3, command: 'command-3' });
  });

  it('lets a snapshot replace everything, of another journal and with lower numbers too', async () => {
    await joinedAt(30);
    feed.disconnected();
    feed.connected();
    await answer(aSnapshot({ journal: 'journal-2', n: 2 }));
    packet(3);
    feed.disconnected();
    feed.connected();
    expect(modes()).toEqual(['snapshot', 'records']);
    expect(cursors.at(-1)).toEqual({ journal: 'journal-2', n: 3, command: 'command-3' });
  });

  it('begins anew when the answer does not follow from its cursor', async () => {
    await joinedAt(10);
    for (const wrong of [resumed(12, 13), { ...resumed(11, 12), n: 15 }, { ...resumed(11, 11), journal: 'other' }]) {
      feed.disconnected();
      feed.connected();
      await answer(wrong);
      await jest.advanceTimersByTimeAsync(5_000);
      expect(cursors.at(-1)).toBeNull();
      await answer(aSnapshot({ n: 10 }));
    }
  });

  it('asks again, later and later, while the server refuses', async () => {
    feed.connected();
    for (const longest of [500, 1_000, 2_000]) {
      answers.at(-1)!(UNANSWERED);
      await flushPromises();
      const asked = cursors.length;
      await jest.advanceTimersByTimeAsync(longest / 2 - 1);
      expect(cursors).toHaveLength(asked);
      await jest.advanceTimersByTimeAsync(longest / 2 + 1);
      expect(cursors).toHaveLength(asked + 1);
    }
  });

  it('does not ask while disconnected', async () => {
    feed.connected();
    answers.at(-1)!(UNANSWERED);
    await flushPromises();
    feed.disconnected();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(cursors).toHaveLength(1);
  });

  it('waits for another connection when this one may not read', async () => {
    feed.connected();
    answers.at(-1)!({ ok: false, error: { code: 'UNIDENTIFIED', message: 'No.', retry: false } });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(cursors).toHaveLength(1);
    feed.connected();
    expect(cursors).toHaveLength(2);
  });

  it('ignores an answer from before the connection broke', async () => {
    await joinedAt(1);
    feed.disconnected();
    feed.connected();
    const late = answers.at(-1)!;
    feed.disconnected();
    feed.connected();
    late({ ok: true, data: aSnapshot({ n: 1 }) });
    await flushPromises();
    await answer(resumed(2, 3));
    expect(modes()).toEqual(['records']);
    expect(heard()).toEqual([2, 3]);
  });
});

describe('a long gap', () => {
  const page = (from: number, to: number): Resumed => ({ ...resumed(from, to), more: true });

  beforeEach(async () => {
    await joinedAt(10);
    feed.disconnected();
    feed.connected();
  });

  it('comes in pages, each asked for at once from where the last one ended', async () => {
    await answer(page(11, 20));
    await answer(page(21, 30));
    await answer(resumed(31, 32));
    packet(33);
    expect(cursors.slice(-2).map((cursor) => cursor?.n)).toEqual([20, 30]);
    expect(heard()).toEqual(Array.from({ length: 23 }, (_, index) => 11 + index));
  });

  it('continues after the received pages when the connection breaks between two', async () => {
    await answer(page(11, 20));
    feed.disconnected();
    feed.connected();
    expect(cursors.at(-1)).toEqual({ journal: JOURNAL, n: 20, command: 'command-20' });
    await answer(resumed(21, 21));
    expect(feed.applied).toBe(21);
  });

  it('does not make it ask in a loop when a page is empty, and begins anew when one does not follow', async () => {
    await answer({ ...page(11, 10), n: 10 });
    const asked = cursors.length;
    await flushPromises();
    expect(cursors).toHaveLength(asked);
    await jest.advanceTimersByTimeAsync(5_000);
    await answer(page(13, 14));
    await jest.advanceTimersByTimeAsync(5_000);
    expect(cursors.at(-1)).toBeNull();
  });

  it('remembers which command the snapshot ended with', async () => {
    await answer(aSnapshot({ n: 50 }));
    feed.disconnected();
    feed.connected();
    expect(cursors.at(-1)).toEqual({ journal: JOURNAL, n: 50, command: 'command-50' });
  });

  it('has no command to remember of an empty journal, until its first record', async () => {
    await answer(aSnapshot({ n: 0 }));
    feed.disconnected();
    feed.connected();
    expect(cursors.at(-1)).toEqual({ journal: JOURNAL, n: 0 });
    await answer(resumed(1, 1));
    feed.disconnected();
    feed.connected();
    expect(cursors.at(-1)).toEqual({ journal: JOURNAL, n: 1, command: 'command-1' });
  });
});

describe('live packets', () => {
  it('are applied once when they come twice', async () => {
    await joinedAt(0);
    packet(1, 3);
    packet(1, 3);
    expect(heard()).toEqual([1, 2, 3]);
  });

  it('are applied from where they are new', async () => {
    await joinedAt(5);
    packet(4, 7);
    expect(heard()).toEqual([6, 7]);
  });

  it('are one change each, whatever their size', async () => {
    await joinedAt(0);
    packet(1, 50);
    expect(changes).toHaveLength(1);
  });

  it('are not applied when one is missing, which is requested at once', async () => {
    await joinedAt(1);
    packet(2);
    packet(4);
    expect(heard()).toEqual([2]);
    expect(feed.applied).toBe(2);
    expect(cursors.at(-1)).toEqual({ journal: JOURNAL, n: 2, command: 'command-2' });
    await answer(resumed(3, 4));
    expect(heard()).toEqual([2, 3, 4]);
  });

  it('wait for the answer when they arrive before it', async () => {
    feed.connected();
    packet(8);
    packet(9);
    expect(changes).toEqual([]);
    await answer(aSnapshot({ n: 8 }));
    expect(modes()).toEqual(['snapshot', 'records']);
    expect(heard()).toEqual([9]);
  });

  it('are asked for again when one is missing between the answer and those held', async () => {
    await joinedAt(1);
    feed.disconnected();
    feed.connected();
    packet(4);
    await answer(resumed(2, 2));
    await jest.advanceTimersByTimeAsync(500);
    expect(cursors.at(-1)).toEqual({ journal: JOURNAL, n: 2, command: 'command-2' });
    await answer(resumed(3, 4));
    expect(heard()).toEqual([2, 3, 4]);
  });

  it('do not make it ask in a loop when the server never closes the gap', async () => {
    await joinedAt(1);
    packet(2);
    for (let round = 0; round < 10; round++) {
      packet(9);
      await answer({ ...resumed(3, 2), n: 2 });
    }
    expect(cursors.length).toBeLessThan(4);
  });
});

describe('a record of an unknown type', () => {
  /** As it would come from a newer server. */
  const unknown = (n: number) =>
    JSON.parse(JSON.stringify({ ...aMessagePosted(n), type: 'from-the-future' })) as JournalRecord;

  it('asks for a reload, after everything before it', async () => {
    await joinedAt(0);
    feed.receive({ records: [...records(1, 2), unknown(3), ...records(4, 4)] });
    expect(heard()).toEqual([1, 2]);
    expect(reloads).toBe(1);
  });

  it('ends the feed, across reconnects too', async () => {
    await joinedAt(0);
    feed.receive({ records: [unknown(1)] });
    packet(2);
    feed.disconnected();
    feed.connected();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(cursors).toHaveLength(1);
    expect(reloads).toBe(1);
    expect(heard()).toEqual([]);
  });

  it('ends it also when it comes with the answer to a join', async () => {
    await joinedAt(4);
    feed.disconnected();
    feed.connected();
    await answer({ ...resumed(5, 6), records: [aMessagePosted(5), unknown(6)] });
    await jest.advanceTimersByTimeAsync(60_000);
    expect({ reloads, heard: heard(), applied: feed.applied }).toEqual({ reloads: 1, heard: [5], applied: 5 });
    expect(cursors).toHaveLength(2);
  });
});
