import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Conversation } from '../src/chat/conversation.js';
import { ChatService } from '../src/chat/chat.service.js';
import { Config } from '../src/config.js';
import { MembersService } from '../src/members/members.service.js';
import { ProductsService } from '../src/products/products.service.js';
import type { JournalRecord } from '../src/contract/index.js';
import { FileRecordStore } from '../src/journal/file/file-record-store.js';
import { Journal } from '../src/journal/journal.js';
import { MonotonicClock } from '../src/journal/monotonic-clock.js';
import { Feed } from '../src/realtime/feed.js';
import { ratio, type Table } from './table.js';

const MESSAGES = 50_000;
const AT_ONCE = 2_000;
const ROUNDS = 15;
const AGREEMENTS = 500_000;
const AT = '2026-01-01T00:00:00.000Z';

/** The cost of commands that refer to stored messages, and of the state that their rules keep in memory. */
export async function stored(): Promise<Table[]> {
  return [await commands(), memory()];
}

async function commands(): Promise<Table> {
  const folder = await mkdtemp(join(tmpdir(), 'lonja-bench-'));
  const halt = (failure: Error): void => {
    throw failure;
  };
  const clock = new MonotonicClock(() => new Date().toISOString());
  const journal = new Journal({ store: new FileRecordStore({ folder, clock: () => clock.now() }), clock, halt });
  const feed = new Feed(journal);
  const chat = new ChatService(
    journal,
    feed,
    new ProductsService(journal, feed),
    new MembersService(journal, new Config(), feed),
  );
  await journal.onModuleInit();
  const send = () => chat.send({ id: randomUUID(), text: 'a message' }, 'ana@acme.com');
  for (let sent = 0; sent < MESSAGES; sent += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, send));
  let message = 0;
  const agree = () => chat.agree({ id: randomUUID(), message: ++message }, 'beto@acme.com');
  const rounds = { send: [] as number[], agree: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    rounds.send.push(await timed(() => Promise.all(Array.from({ length: AT_ONCE }, send))));
    rounds.agree.push(await timed(() => Promise.all(Array.from({ length: AT_ONCE }, agree))));
  }
  await journal.onModuleDestroy();
  await journal.beforeApplicationShutdown();
  await rm(folder, { recursive: true });
  const [base, about] = [median(rounds.send), median(rounds.agree)];
  return {
    title: `${AT_ONCE} commands at once (medians of ${ROUNDS} rounds, ratio to the first row)`,
    columns: ['', 'ms for all', 'commands/s', 'ratio'],
    rows: [
      ['chat:send', base.toFixed(1), ((AT_ONCE / base) * 1_000).toFixed(0), ratio(base, base)],
      [
        'chat:agree, each about another message',
        about.toFixed(1),
        ((AT_ONCE / about) * 1_000).toFixed(0),
        ratio(base, about),
      ],
    ],
  };
}

function memory(): Table {
  const conversation = new Conversation({ readEach: () => Promise.resolve([]) });
  const posted = (n: number): JournalRecord => ({
    n,
    at: AT,
    by: 'ana@acme.com',
    id: '',
    type: 'message-posted',
    text: '',
  });
  const agreed = (n: number, message: number): JournalRecord => ({
    ...{ n, at: AT, by: `member${n % 500}@acme.com`, id: '' },
    ...({ type: 'message-agreed', message } as const),
  });
  for (let n = 1; n <= 1_000; n++) conversation.apply(posted(n));
  const before = used();
  for (let n = 1; n <= AGREEMENTS; n++) conversation.apply(agreed(1_000 + n, 1 + (n % 900)));
  const bytes = (used() - before) / AGREEMENTS;
  const from = performance.now();
  structuredClone(conversation.checkpoint.save());
  const save = performance.now() - from;
  const one = new Conversation({ readEach: () => Promise.resolve([]) });
  one.apply(posted(1));
  const start = performance.now();
  for (let n = 2; n <= 3_001; n++) one.apply(agreed(n, 1));
  const replay = performance.now() - start;
  return {
    title: `${AGREEMENTS} agreements in memory`,
    columns: ['', 'figure'],
    rows: [
      ['bytes for each, without its place in the file', bytes.toFixed(1)],
      ['copying all for a checkpoint, ms', save.toFixed(1)],
      ['applying 3,000 agreements to one message, ms', replay.toFixed(1)],
    ],
  };
}

function used(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await run();
  return performance.now() - from;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
