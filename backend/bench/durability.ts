import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '../test/client.js';
import { closedLoop, type Load, medianLoad } from './closed-loop.js';
import { ServerProcess } from './server-process.js';
import { ratio, type Table } from './table.js';

const IN_FLIGHT = [1, 64, 512];
const CLIENTS = 16;
const ROUNDS = 3;
const MILLISECONDS = 1_500;
const NO_SYNC = new URL('./no-sync.mjs', import.meta.url).href;

interface Stage {
  readonly folder: string;
  readonly server: ServerProcess;
  readonly clients: readonly Client[];
}

/** From socket to gateway, disk and acknowledgement, compared with the same server on a disk that syncs at once. */
export async function durability(): Promise<Table> {
  const stages = [await prepare([]), await prepare([NO_SYNC])];
  const rows: string[][] = [];
  for (const inFlight of IN_FLIGHT) {
    const loads: Load[][] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      for (const [index, stage] of stages.entries()) loads[index]?.push(await load(stage, inFlight));
    }
    const [durable, instant] = loads.map(medianLoad);
    if (durable && instant) rows.push(row(inFlight, durable, instant));
  }
  for (const stage of stages) await end(stage);
  return {
    title: 'Durable acknowledgements per second through the whole server, and on a journal that does not sync',
    columns: ['in flight', 'durable/s', 'not synced/s', 'ratio', 'durable p50 ms', 'p99 ms'],
    rows,
  };
}

async function prepare(preload: readonly string[]): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'lonja-bench-'));
  const server = await ServerProcess.start(folder, preload);
  const connect = (_: unknown, index: number) => Client.connect(server.url, `member${index}@acme.com`);
  return { folder, server, clients: await Promise.all(Array.from({ length: CLIENTS }, connect)) };
}

function load({ clients }: Stage, inFlight: number): Promise<Load> {
  let next = 0;
  return closedLoop(inFlight, MILLISECONDS, () => {
    const client = clients[next++ % Math.min(CLIENTS, inFlight)];
    return client?.ask('chat:send', { id: randomUUID(), text: 'a message' }) ?? Promise.resolve();
  });
}

async function end({ folder, server, clients }: Stage): Promise<void> {
  for (const client of clients) client.close();
  await server.stop();
  await rm(folder, { recursive: true });
}

function row(inFlight: number, durable: Load, instant: Load): string[] {
  const rates = [durable.rate.toFixed(0), instant.rate.toFixed(0), ratio(durable.rate, instant.rate)];
  return [String(inFlight), ...rates, durable.p50.toFixed(2), durable.p99.toFixed(2)];
}
