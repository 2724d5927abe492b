import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { Ack, Cursor, JournalRecord, Resumed, Snapshot } from 'backend/contract';
import fc from 'fast-check';
import { answered, elapse } from '../testing/answered';
import { JOURNAL, aMessagePosted, aSnapshot } from '../testing/records';
import { Feed } from './feed';
import { UNANSWERED, type FeedPacket } from './requester';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** A server with a journal, a network that loses, doubles and shuffles its packets, and a page that listens. */
class World {
  private readonly journal: JournalRecord[] = [];
  private readonly onTheWay: FeedPacket[] = [];
  private readonly joins: (() => void)[] = [];
  private online = false;
  /** The number of the last record that the page has; every record must be the one after it. */
  page = 0;
  readonly feed = new Feed((cursor) => this.ask(cursor), {
    changed: (change) => {
      if (change.kind === 'snapshot') this.page = change.snapshot.n;
      else for (const { n } of change.records) expect(n).toBe(++this.page);
    },
    reloadNeeded: () => expect('reload').toBe('not needed'),
  });

  get n(): number {
    return this.journal.length;
  }

  commit(count: number): void {
    const records = Array.from({ length: count }, (_, index) => aMessagePosted(this.n + 1 + index));
    this.journal.push(...records);
    if (this.online) this.onTheWay.push({ records });
  }

  deliver(which: number, keep: boolean): void {
    const place = which % (this.onTheWay.length || 1);
    const packet = this.onTheWay[place];
    if (!keep) this.onTheWay.splice(place, 1);
    if (packet) this.feed.receive(packet);
  }

  lose(which: number): void {
    this.onTheWay.splice(which % (this.onTheWay.length || 1), 1);
  }

  answer(which: number): void {
    this.joins.splice(which % (this.joins.length || 1), 1)[0]?.();
  }

  connect(online: boolean): void {
    if (online === this.online) return;
    this.online = online;
    this.onTheWay.length = 0;
    if (online) this.feed.connected();
    else this.feed.disconnected();
  }

  /** The network is good again: after a new connection and every answer the page has what the server has. */
  async heal(): Promise<void> {
    this.connect(false);
    this.joins.length = 0;
    this.connect(true);
    for (let round = 0; round < 5; round++) {
      while (this.joins.length > 0) this.answer(0);
      while (this.onTheWay.length > 0) this.deliver(0, false);
      await elapse(5_000);
    }
  }

  private ask(cursor: Cursor | null): Promise<Ack<Resumed | Snapshot>> {
    // What the server knows when it handles the question, which is when it is asked; the answer may come late.
    const records = this.journal.slice(cursor?.n ?? 0);
    const n = this.n;
    return new Promise((resolve) => {
      this.joins.push(() => {
        if (!this.online) resolve(UNANSWERED);
        else if (!cursor || records.length > 6) resolve({ ok: true, data: aSnapshot({ n }) });
        else resolve({ ok: true, data: { mode: 'resumed', journal: JOURNAL, n, records } });
      });
    });
  }
}

const step = fc.oneof(
  fc.record({ do: fc.constant('commit' as const), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ do: fc.constant('deliver' as const), which: fc.nat(9), keep: fc.boolean() }),
  fc.record({ do: fc.constant('lose' as const), which: fc.nat(9) }),
  fc.record({ do: fc.constant('answer' as const), which: fc.nat(3) }),
  fc.record({ do: fc.constant('connect' as const), online: fc.boolean() }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(6_000) }),
);

it('whatever the network loses, doubles and shuffles, the page gets each record once, in order, and in the end all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const world = new World();
      world.connect(true);
      for (const now of steps) {
        if (now.do === 'commit') world.commit(now.count);
        else if (now.do === 'deliver') world.deliver(now.which, now.keep);
        else if (now.do === 'lose') world.lose(now.which);
        else if (now.do === 'answer') world.answer(now.which);
        else if (now.do === 'connect') world.connect(now.online);
        else await elapse(now.ms);
        await answered();
      }
      await world.heal();
      expect(world.page).toBe(world.n);
    }),
    { numRuns: 300 },
  );
});
