import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { CHECKPOINT_FILE } from '../src/journal/file/checkpoint.js';
import { JOURNAL_FILE } from '../src/journal/file/log-file.js';
import { Client } from '../test/client.js';
import { folderWithMessages } from './journal-maker.js';
import { ServerProcess } from './server-process.js';
import { percentile, ratio, type Table } from './table.js';

const RECORDS = 1_000_000;
const SMALL = 1_000;
const ROUNDS = 60;

/** Whether start, memory, joining and reading the past stay bounded with a million records. */
export async function million(): Promise<Table> {
  const [large, small] = [await folderWithMessages(RECORDS), await folderWithMessages(SMALL)];
  await makeViews(large);
  const bare = await timed(() => parseEachLine(join(large, JOURNAL_FILE)));
  const empty = await start(small);
  await empty.server.stop();
  const cold = await start(large);
  await cold.server.stop();
  const warm = await start(large);
  const few = await start(small);
  const joins = await alternate([few.server, warm.server], (client) => client.join(null));
  const [recent, far] = await pages(warm.server);
  await Promise.all([few.server.stop(), warm.server.stop()]);
  await Promise.all([rm(large, { recursive: true }), rm(small, { recursive: true })]);
  const startup = empty.milliseconds;
  return {
    title: `${RECORDS} records: start (less that of a nearly empty server, ${startup.toFixed(0)} ms), memory, reading`,
    columns: ['', 'figure', 'against', 'ratio'],
    rows: [
      figure('start without checkpoint, ms', cold.milliseconds - startup, 'JSON.parse of each line', bare),
      figure('start with checkpoint, ms', warm.milliseconds - startup, 'JSON.parse of each line', bare),
      ['resident after start without, MB', cold.megabytes.toFixed(0), '', ''],
      ['resident after start with, MB', warm.megabytes.toFixed(0), '', ''],
      figure('feed:join, ms', joins[1] ?? NaN, `at ${SMALL} messages`, joins[0] ?? NaN),
      figure('a page of the far past, ms', far, 'a recent one', recent),
    ],
  };
}

function figure(name: string, value: number, against: string, baseline: number): string[] {
  return [name, value.toFixed(2), `${against}: ${baseline.toFixed(2)}`, ratio(value, baseline)];
}

async function start(folder: string): Promise<{ server: ServerProcess; milliseconds: number; megabytes: number }> {
  const from = performance.now();
  const server = await ServerProcess.start(folder);
  return { server, milliseconds: performance.now() - from, megabytes: await server.residentMegabytes() };
}

/** Lets a server write `chat.txt`, as every server has done that did not start with a million messages; without a checkpoint. */
async function makeViews(folder: string): Promise<void> {
  const { server } = await start(folder);
  const whole = async () => (await readFile(join(folder, 'chat.txt'))).subarray(-20).includes(`message ${RECORDS}\n`);
  while (!(await whole())) await setTimeout(500);
  await server.stop();
  await rm(join(folder, CHECKPOINT_FILE));
}

/** A minimal loop over the file, as the limit for the time of a start. */
async function parseEachLine(path: string): Promise<void> {
  const bytes = await readFile(path);
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(0x0a, start);
    JSON.parse(bytes.toString('utf8', start, end));
    start = end + 1;
  }
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await run();
  return performance.now() - from;
}

/** Medians of the same request to several servers in turns, each time over a new connection. */
async function alternate(
  servers: readonly ServerProcess[],
  ask: (client: Client) => Promise<unknown>,
): Promise<number[]> {
  const samples = servers.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, server] of servers.entries()) {
      const client = await Client.connect(server.url);
      samples[index]?.push(await timed(() => ask(client)));
      client.close();
    }
  }
  return samples.map((each) => percentile(each, 0.5));
}

/** Medians of reading a page just before the newest one, and one of the beginning, in turns. */
async function pages(server: ServerProcess): Promise<[number, number]> {
  const client = await Client.connect(server.url);
  const [recent, far]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const page = (before: number) => () => client.ask('chat:history', { before: before + round, limit: 50 });
    recent.push(await timed(page(RECORDS - 1_000)));
    far.push(await timed(page(1_000)));
  }
  client.close();
  return [percentile(recent, 0.5), percentile(far, 0.5)];
}
