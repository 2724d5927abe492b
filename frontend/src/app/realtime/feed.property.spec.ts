import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import {
  isMessageRecord,
  reduceMessage,
  type Ack,
  type Cursor,
  type JournalRecord,
  type Resumed,
  type Snapshot,
} from 'backend/contract';
import fc from 'fast-check';
import { flushPromises, advanceTime } from '../testing/flush-promises';
import { JOURNAL, aMessagePosted, aSnapshot } from '../testing/records';
import { Feed, type FeedChange } from './feed';
import { UNANSWERED, type FeedPacket } from './requester';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/**
 * A server with a journal, which may be restored from an older copy; a network that loses, duplicates and reorders its packets;
 * and a page with a feed.
 */
class FeedSimulation {
  private journal: JournalRecord[] = [];
  private readonly inFlight: FeedPacket[] = [];
  private readonly joins: (() => void)[] = [];
  private online = false;
  private commands = 0;
  /** The commands of the records that the page has; every record must be the one after it. */
  private page: string[] = [];
  readonly feed = new Feed((cursor) => this.ask(cursor), {
    changed: (change) => this.apply(change),
    reloadNeeded: () => expect('reload').toBe('not needed'),
  });

  commit(count: number): void {
    const records = Array.from({ length: count }, (_, index) =>
      aMessagePosted(this.journal.length + 1 + index, { id: `command-${++this.commands}` }),
    );
    this.journal.push(...records);
    if (this.online) this.inFlight.push({ records });
  }

  /** The server ends, and comes back with the first records only. */
  restore(count: number): void {
    this.connect(false);
    this.journal = this.journal.slice(0, count);
  }

  deliver(which: number, keep: boolean): void {
    const place = which % (this.inFlight.length || 1);
    const packet = this.inFlight[place];
    if (!keep) this.inFlight.splice(place, 1);
    if (packet) this.feed.receive(packet);
  }

  lose(which: number): void {
    this.inFlight.splice(which % (this.inFlight.length || 1), 1);
  }

  answer(which: number): void {
    this.joins.splice(which % (this.joins.length || 1), 1)[0]?.();
  }

  connect(online: boolean): void {
    if (online === this.online) return;
    this.online = online;
    this.inFlight.length = 0;
    if (online) this.feed.connected();
    else this.feed.disconnected();
  }

  /** Repairs the network: after a new connection and every answer, the page must have the records of the server. */
  async repair(): Promise<void> {
    this.connect(false);
    this.joins.length = 0;
    this.connect(true);
    for (let round = 0; round < 5; round++) {
      while (this.joins.length > 0) this.answer(0);
      while (this.inFlight.length > 0) this.deliver(0, false);
      await advanceTime(5_000);
    }
    expect(this.page).toEqual(this.journal.map(({ id }) => id));
  }

  private apply(change: FeedChange): void {
    if (change.kind === 'snapshot') this.page = change.snapshot.messages.map(({ command }) => command);
    else if (change.kind === 'records') for (const { n, id } of change.records) expect(n).toBe(this.page.push(id));
  }

  private ask(cursor: Cursor | null): Promise<Ack<Resumed | Snapshot>> {
    // The server handles the request at once; only the answer may be late.
    const data = this.answerTo(cursor);
    return new Promise((resolve) => {
      this.joins.push(() => resolve(this.online ? { ok: true, data } : UNANSWERED));
    });
  }

  private answerTo(cursor: Cursor | null): Resumed | Snapshot {
    const records = this.journal.slice(cursor?.n ?? 0);
    const n = this.journal.length;
    const command = this.journal.at(-1)?.id;
    const messages = this.journal.filter(isMessageRecord).flatMap((record) => reduceMessage(undefined, record) ?? []);
    if (cursor && cursor.n > 0) expect(cursor.command).toBeDefined();
    const known = cursor && cursor.command === this.journal[cursor.n - 1]?.id;
    return known && records.length <= 6
      ? { mode: 'resumed', journal: JOURNAL, n, records }
      : aSnapshot({ n, messages, ...(command !== undefined && { command }) });
  }
}

const step = fc.oneof(
  fc.record({ do: fc.constant('commit' as const), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ do: fc.constant('deliver' as const), which: fc.nat(9), keep: fc.boolean() }),
  fc.record({ do: fc.constant('lose' as const), which: fc.nat(9) }),
  fc.record({ do: fc.constant('answer' as const), which: fc.nat(3) }),
  fc.record({ do: fc.constant('connect' as const), online: fc.boolean() }),
  fc.record({ do: fc.constant('restore' as const), count: fc.nat(20) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(6_000) }),
);

it('the page gets each record once, in order, and in the end all, though the network loses, duplicates and reorders packets', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const simulation = new FeedSimulation();
      simulation.connect(true);
      for (const now of steps) {
        if (now.do === 'commit') simulation.commit(now.count);
        else if (now.do === 'deliver') simulation.deliver(now.which, now.keep);
        else if (now.do === 'lose') simulation.lose(now.which);
        else if (now.do === 'answer') simulation.answer(now.which);
        else if (now.do === 'connect') simulation.connect(now.online);
        else if (now.do === 'restore') simulation.restore(now.count);
        else await advanceTime(now.ms);
        await flushPromises();
      }
      await simulation.repair();
    }),
    { numRuns: 1_000 },
  );
});
