import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { identify } from '../../test/client.js';
import { ServerProcess } from '../server-process.js';
import { file } from '../stores.js';
import { percentile, ratio, type Table } from '../table.js';
import { Crowd, type Protocol } from './crowd.js';
import { Sender } from './sender.js';

const SIZES = [100, 500, 1_000];
const IN_FLIGHT = [16, 64];
const SENDERS = 4;
const ROUNDS = 3;
const MILLISECONDS = 1_500;
/** Messages per second of the open loop, and for how many milliseconds. */
const GENTLE_RATE = 20;
const GENTLE_MILLISECONDS = 3_000;

const ENGINE = { path: '/socket.io/?EIO=4&transport=websocket', engine: true };
const JOINING: Protocol = { ...ENGINE, join: '420["feed:join",{"cursor":null}]' };
const BARE: Protocol = { path: '/', engine: false };
const BASELINES = fileURLToPath(new URL('./baselines.ts', import.meta.url));

const VARIANTS: readonly (readonly [name: string, protocol: Protocol, kind?: string])[] = [
  ['socket.io, io.emit', ENGINE, 'socket.io'],
  ['Lonja (durable)', JOINING],
  ['ws, a frame each', BARE, 'ws'],
  ['ws, a frame per turn', BARE, 'ws-batched'],
];

interface Stage {
  readonly server: ServerProcess;
  readonly folder: string;
  readonly crowd: Crowd;
  readonly senders: readonly Sender[];
}

interface Figures {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
}

/** The cost of a broadcast to all clients. */
export async function fanout(): Promise<Table[]> {
  const tables: Table[] = [];
  for (const size of SIZES) {
    const stages: Stage[] = [];
    for (const variant of VARIANTS) stages.push(await prepare(size, ...variant));
    for (const inFlight of IN_FLIGHT)
      tables.push(await table(size, `${inFlight} in flight`, stages, (stage) => closed(stage, inFlight)));
    const sync = `a line appended and synced at that rate: ${(await gentleSync()).toFixed(2)} ms`;
    tables.push(await table(size, `${GENTLE_RATE} messages a second, ${sync}`, stages, gentle));
    for (const stage of stages) await end(stage);
  }
  return tables;
}

async function prepare(size: number, _name: string, protocol: Protocol, kind?: string): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'lonja-bench-'));
  const server = await (kind ? ServerProcess.run(['--import', 'tsx', BASELINES, kind]) : ServerProcess.start(folder));
  const crowd = await Crowd.open(server.url, protocol, size);
  const cookie = kind ? '' : await identify(server.url, 'ana@acme.com');
  const senders = await Promise.all(
    Array.from({ length: SENDERS }, () => Sender.connect(server.url, protocol, cookie)),
  );
  return { server, folder, crowd, senders };
}

async function end({ server, folder, crowd, senders }: Stage): Promise<void> {
  crowd.close();
  for (const sender of senders) sender.close();
  await server.stop();
  await rm(folder, { recursive: true });
}

/** Closed loop with a fixed number of messages in flight: the throughput. */
async function closed({ crowd, senders }: Stage, inFlight: number): Promise<Figures> {
  crowd.reset();
  const started = performance.now();
  const until = started + MILLISECONDS;
  await Promise.all(
    Array.from({ length: inFlight }, async (_, index) => {
      while (performance.now() < until) await senders[index % SENDERS]?.send();
    }),
  );
  return figures(crowd, (performance.now() - started) / 1_000);
}

/** Open loop at a rate that every server can sustain: the latency. */
async function gentle({ crowd, senders }: Stage): Promise<Figures> {
  crowd.reset();
  const started = performance.now();
  for (let sent = 0; sent < (GENTLE_RATE * GENTLE_MILLISECONDS) / 1_000; sent++) {
    await setTimeout(1_000 / GENTLE_RATE);
    await senders[sent % SENDERS]?.send();
  }
  return figures(crowd, (performance.now() - started) / 1_000);
}

/** The latency of the disk alone at that rate, in ms: processor and disk have been idle since the last message. */
async function gentleSync(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'lonja-bench-'));
  const store = await file(folder, true);
  const latencies: number[] = [];
  for (let sent = 0; sent < (GENTLE_RATE * GENTLE_MILLISECONDS) / 1_000; sent++) {
    await setTimeout(1_000 / GENTLE_RATE);
    const started = performance.now();
    await store.append('a message');
    latencies.push(performance.now() - started);
  }
  await store.close();
  await rm(folder, { recursive: true });
  return percentile(latencies, 0.5);
}

function figures(crowd: Crowd, seconds: number): Figures {
  const { delivered, latencies } = crowd;
  return { rate: delivered / seconds, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
}

async function table(
  size: number,
  load: string,
  stages: readonly Stage[],
  measure: (stage: Stage) => Promise<Figures>,
): Promise<Table> {
  const rounds: Figures[][] = [];
  // In turns, so that a change in the machine's speed affects every variant alike.
  for (let round = 0; round < ROUNDS; round++) {
    const each: Figures[] = [];
    for (const stage of stages) each.push(await measure(stage));
    rounds.push(each);
  }
  const megabytes = await Promise.all(stages.map(({ server }) => server.residentMegabytes()));
  const medians = stages.map((_, index) => median(rounds.flatMap((each) => each[index] ?? [])));
  const [baseline] = medians;
  return {
    title: `${size} clients, ${load} (medians of ${ROUNDS} rounds, ratio to the first row)`,
    columns: ['', 'deliveries/s', 'ratio', 'p50 ms', 'p99 ms', 'server MB'],
    rows: VARIANTS.map(([name], index) => {
      const { rate = NaN, p50 = NaN, p99 = NaN } = medians[index] ?? {};
      const times = [p50.toFixed(2), p99.toFixed(2), (megabytes[index] ?? NaN).toFixed(0)];
      return [name, rate.toFixed(0), ratio(rate, baseline?.rate ?? NaN), ...times];
    }),
  };
}

function median(rounds: readonly Figures[]): Figures {
  const sorted = [...rounds].sort((a, b) => a.rate - b.rate);
  return sorted[sorted.length >> 1] ?? { rate: NaN, p50: NaN, p99: NaN };
}
