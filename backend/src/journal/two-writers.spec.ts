import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryLog, MemoryRecordStore } from '../../test/journal/memory-record-store.js';
import { Ledger } from '../../test/journal/ledger.js';
import type { JournalRecord, StockMoved } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import { Journal } from './journal.js';
import { MonotonicClock } from './monotonic-clock.js';

/** One of several servers on one log, each with a clock of its own. */
class Server {
  readonly ledger = new Ledger();
  readonly received: JournalRecord[] = [];
  readonly store: MemoryRecordStore;
  private readonly journal: Journal;

  private constructor(log: MemoryLog, clock: () => string) {
    this.store = new MemoryRecordStore(log);
    const halt = (failure: Error): void => {
      throw failure;
    };
    this.journal = new Journal({ store: this.store, clock: new MonotonicClock(clock), halt });
    this.journal.addView(this.ledger);
    this.journal.committed.subscribe((records) => this.received.push(...records));
  }

  static async open(log: MemoryLog, clock = () => new Date().toISOString()): Promise<Server> {
    const server = new Server(log, clock);
    await server.journal.onModuleInit();
    return server;
  }

  /** Moves pieces; resolves to the record, or to the code of the refusal. */
  async move(delta: number, id: string = randomUUID()): Promise<StockMoved | string> {
    const command = { id, by: 'ana@acme.com', intent: { type: 'stock-moved', delta } } as const;
    try {
      return await this.journal.commit<StockMoved>(command, this.ledger.move(delta));
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.journal.onModuleDestroy();
    await this.journal.beforeApplicationShutdown();
  }
}

const open: Server[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

async function twoOn(log: MemoryLog): Promise<[Server, Server]> {
  // The second one's clock is an hour slow.
  const slow = () => new Date(Date.now() - 3_600_000).toISOString();
  const both: [Server, Server] = [await Server.open(log), await Server.open(log, slow)];
  open.push(...both);
  return both;
}

/** Lets another one store something right before this one's next append. */
function overtake(server: Server, act: () => Promise<unknown>): void {
  server.store.before = async () => {
    server.store.before = () => undefined;
    await act();
  };
}

describe('a journal that finds that another writer was first', () => {
  it('applies what the other stored, decides the same commands again and stores them after that', async () => {
    const log = new MemoryLog();
    const [a, b] = await twoOn(log);
    await a.move(5);
    expect(await b.move(3)).toMatchObject({ n: 2, stock: 8 });
    await setImmediate();
    expect(b.received.map(({ n }) => n)).toEqual([1, 2]);
    expect(b.ledger.state).toEqual({ last: 2, posted: 0, stock: 8 });
  });

  it('never lets stock go below zero, whoever took the last piece', async () => {
    const [a, b] = await twoOn(new MemoryLog());
    await a.move(5);
    await b.move(0);
    overtake(b, () => a.move(-4));
    expect(await b.move(-2)).toBe('CONFLICT');
    // And the other way round: what would have been refused is possible now.
    overtake(b, () => a.move(10));
    const [refusedAlone, next] = await Promise.all([b.move(-9), b.move(1)]);
    expect([refusedAlone, next]).toMatchObject([{ stock: 2 }, { stock: 3 }]);
  });

  it('stores a command once that was sent to both', async () => {
    const log = new MemoryLog();
    const [a, b] = await twoOn(log);
    const id = randomUUID();
    overtake(b, () => a.move(2, id));
    const first = await b.move(2, id);
    expect(first).toMatchObject({ n: 1, id });
    expect(await a.move(2, id)).toEqual(first);
    expect(log.records).toHaveLength(1);
  });

  it('has instants that never run backwards, though its clock is slow', async () => {
    const log = new MemoryLog();
    const [a, b] = await twoOn(log);
    for (let turn = 0; turn < 5; turn++) await (turn % 2 === 0 ? a : b).move(1);
    const instants = log.records.map(({ at }) => at);
    expect(instants).toEqual([...instants].sort());
  });

  it('leads to identical histories, whoever sends what and whoever is first', async () => {
    const step = fc.record({ server: fc.nat(1), delta: fc.integer({ min: -4, max: 4 }), again: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), fc.array(fc.nat(3)), async (steps, turns) => {
        const log = new MemoryLog();
        const servers = await twoOn(log);
        // Each append waits a number of turns of the event loop that nobody knows before.
        for (const { store } of servers) {
          store.before = async () => {
            for (let turn = turns.shift() ?? 1; turn > 0; turn--) await Promise.resolve();
          };
        }
        const answers = steps.flatMap(({ server, delta, again }) => {
          const id = randomUUID();
          const sent = [servers[server]!.move(delta, id)];
          return again ? [...sent, servers[1 - server]!.move(delta, id)] : sent;
        });
        const stored = (await Promise.all(answers)).filter((answer) => typeof answer !== 'string');
        // Both get the rest with their next write.
        for (const server of servers) await server.move(9);
        await servers[0].move(0);
        const ids = log.records.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(log.records.map(({ n }) => n)).toEqual(ids.map((_, index) => index + 1));
        for (const record of stored) expect(log.records[record.n - 1]).toEqual(record);
        let stock = 0;
        for (const record of log.records)
          if (record.type === 'stock-moved') expect((stock += record.delta)).toBe(record.stock);
        expect(servers[0].ledger.state).toEqual({ last: ids.length, posted: 0, stock });
        expect(log.records.every((record) => record.type !== 'stock-moved' || record.stock >= 0)).toBe(true);
        for (const { received } of servers) expect(received).toEqual(log.records.slice(0, received.length));
      }),
      { numRuns: 200 },
    );
  });
});
