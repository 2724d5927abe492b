import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Payload, ReadModelQueries } from '../src/contract/index.js';
import { FileRecordStore } from '../src/journal/file/file-record-store.js';
import { Client, identify } from '../test/client.js';
import { Crowd, type Protocol } from './fanout/crowd.js';
import { Sender } from './fanout/sender.js';
import { folderWithHistory, wordOf } from './history-maker.js';
import { ServerProcess } from './server-process.js';
import { percentile, ratio, type Table } from './table.js';

const SIZES = [10_000, 1_000_000];
const ROUNDS = 200;
const STEP_RECORDS = 1_000;
const MEMBER = 'member7@acme.com';
const preload = (name: string) => new URL(`./${name}`, import.meta.url).href;
const PROBE = preload('loop-probe.mjs');

type QueryName = keyof ReadModelQueries;
interface Question<Name extends QueryName = QueryName> {
  readonly title: string;
  readonly name: Name;
  /** The payload of a round, in a history of so many records. */
  readonly payload: (round: number, size: number) => Payload<Name>;
}

function question<Name extends QueryName>(title: string, name: Name, payload: Question<Name>['payload']) {
  return { title, name, payload } as Question;
}
function searching(title: string, query: (round: number) => string, before?: (size: number) => number) {
  return question(`search: ${title}`, 'search', (round, size) => ({
    query: query(round),
    limit: 20,
    ...(before && { before: before(size) }),
  }));
}

/** Words from those of every third record to those of hardly any. */
const word = (round: number) => wordOf([0, 3, 20, 150, 1_000, 8_000][round % 6] ?? 0);
const QUESTIONS: readonly Question[] = [
  searching('a word', word),
  searching('a letter or two', (round) => word(round).slice(0, 1 + (round % 2))),
  searching('two words, one half typed', (round) => `${word(round)} ${word(round + 1).slice(0, 2)}`),
  searching('from the middle of the history on', word, (size) => size / 2),
  searching('a word of a member', (round) => `de:member${round % 50} ${word(round)}`),
  searching('changes of price of a product', (round) => `tipo:precio sobre:#P-${1 + (round % 100)}`),
  searching('moves with a reason, before a day', (round) => `tipo:existencias ${word(round)} antes:2026-01-05`),
  searching('what is not there', (round) => `xyz${round} ${word(round)}`),
  question('timeline of a product', 'product:timeline', (round) => ({ product: 1 + (round % 100), limit: 50 })),
  question('100 products as they were', 'product:then', (round, size) => ({
    of: Array.from({ length: 100 }, (_, index) => ({ product: 1 + index, n: size - round * 10 })),
  })),
  question('unread, of the last thousand', 'product:unread', (_, size) => ({ after: size - 1_000 })),
  question('catch-up with the last hundredth', 'catch-up', (_, size) => ({ from: { n: size - size / 100 } })),
  question('a page of the board in the middle', 'board:at', (_, size) => ({
    at: { n: size / 2 },
    after: 0,
    limit: 200,
  })),
];
/** Asked a few times only. */
const WHOLE = question('catch-up with everything', 'catch-up', () => ({ from: { n: 0 } }));

/** What the index costs, and how long answers from it take. */
export async function readModel(): Promise<Table[]> {
  const tables: Table[] = [];
  for (const size of SIZES) tables.push(await ofSize(size));
  return [...tables, await feeding()];
}

async function ofSize(size: number): Promise<Table> {
  const folder = await folderWithHistory(size);
  const reading = await timed(() => readAll(folder, size));
  const bare = await ServerProcess.start(folder, [preload('no-index.mjs')]);
  const without = (await bare.measureMemory()).resident;
  await bare.stop();
  const server = await ServerProcess.start(folder, [PROBE]);
  const client = await Client.connect(server.url, MEMBER);
  await server.loopDelay();
  const rebuilding = await timed(() => untilIndexed(client, size));
  const rebuilt = await server.loopDelay();
  await setTimeout(1_000);
  const idle = await server.loopDelay();
  const rows = [
    ['rebuild, s', (rebuilding / 1_000).toFixed(1), `reading ${ratio(rebuilding, reading)}`, loop(rebuilt.p99)],
    ['nothing asked', '', '', loop(idle.p99)],
  ];
  for (const each of QUESTIONS) rows.push(await row(server, client, each, { size, rounds: ROUNDS }));
  rows.push(await row(server, client, WHOLE, { size, rounds: 5 }));
  client.close();
  await server.stop();
  const again = await ServerProcess.start(folder);
  const other = await Client.connect(again.url, MEMBER);
  await untilIndexed(other, size);
  const resident = (await again.measureMemory()).resident;
  const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(0);
  rows.push(['resident, MB', megabytes(resident), `without index ${megabytes(without)}`, '']);
  other.close();
  await again.stop();
  await rm(folder, { recursive: true });
  return { title: `An index of ${size} records`, columns: ['', 'p50 ms', 'p95 ms', 'event loop p99 ms late'], rows };
}

async function row(
  server: ServerProcess,
  client: Client,
  { title, name, payload }: Question,
  { size, rounds }: { readonly size: number; readonly rounds: number },
): Promise<string[]> {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++)
    samples.push(await timed(() => client.query(name, payload(round, size))));
  const { p99 } = await server.loopDelay();
  return [title, percentile(samples, 0.5).toFixed(1), percentile(samples, 0.95).toFixed(1), loop(p99)];
}

const loop = (ms: number) => ms.toFixed(1);

async function readAll(folder: string, size: number): Promise<void> {
  const store = new FileRecordStore({ folder, clock: () => new Date().toISOString() });
  await store.recover(() => undefined, []);
  for (let from = 1; from <= size; from += STEP_RECORDS)
    await store.read(from, Math.min(size, from + STEP_RECORDS - 1));
  await store.close();
}

async function untilIndexed(client: Client, size: number): Promise<void> {
  while ((await client.query('product:unread', { after: size })).n < size) await setTimeout(50);
}

const CLIENTS = 500;
const SENDERS = 4;
const IN_FLIGHT = 64;
const FEEDING_ROUNDS = 9;
const FEEDING_MS = 1_500;
const JOINING: Protocol = {
  path: '/socket.io/?EIO=4&transport=websocket',
  engine: true,
  join: '420["feed:join",{"cursor":null}]',
};

/** Deliveries to many clients by a server that feeds its index and one that does not. */
async function feeding(): Promise<Table> {
  const stages = [await stage([preload('no-index.mjs')]), await stage([])] as const;
  const rates = stages.map((): number[] => []);
  for (let round = 0; round < FEEDING_ROUNDS; round++)
    for (const [index, each] of stages.entries()) rates[index]?.push(await each.rate());
  for (const each of stages) await each.end();
  const [without = NaN, fed = NaN] = rates.map((each) => percentile(each, 0.5));
  return {
    title: `Deliveries to ${CLIENTS} clients, ${IN_FLIGHT} in flight (medians of ${FEEDING_ROUNDS} rounds)`,
    columns: ['', 'deliveries/s', 'ratio'],
    rows: [
      ['without index', without.toFixed(0), ratio(without, without)],
      ['with index', fed.toFixed(0), ratio(fed, without)],
    ],
  };
}

async function stage(preloaded: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'lonja-bench-'));
  const server = await ServerProcess.start(folder, preloaded);
  const crowd = await Crowd.open(server.url, JOINING, CLIENTS);
  const cookie = await identify(server.url, MEMBER);
  const senders = await Promise.all(Array.from({ length: SENDERS }, () => Sender.connect(server.url, JOINING, cookie)));
  const rate = async () => {
    crowd.reset();
    const started = performance.now();
    await Promise.all(
      Array.from({ length: IN_FLIGHT }, async (_, index) => {
        while (performance.now() < started + FEEDING_MS) await senders[index % SENDERS]?.send();
      }),
    );
    return (crowd.delivered / (performance.now() - started)) * 1_000;
  };
  const end = async () => {
    crowd.close();
    for (const sender of senders) sender.close();
    await server.stop();
    await rm(folder, { recursive: true });
  };
  return { rate, end };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await run();
  return performance.now() - from;
}
