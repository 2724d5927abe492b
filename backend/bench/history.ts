import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { Client } from '../test/client.js';
import { folderWithMessages } from './journal-maker.js';
import { ServerProcess } from './server-process.js';
import { percentile, ratio, type Table } from './table.js';

const SIZES = [0, 10_000, 100_000];
const ROUNDS = 400;
const WARM_UP = 100;

/** One server with a history, a sender and a listener. */
interface Stage {
  readonly server: ServerProcess;
  readonly folder: string;
  readonly sender: Client;
  readonly listener: Client;
  /** Milliseconds from sending to delivery. */
  readonly delivered: number[];
  /** Milliseconds of `feed:join` with a snapshot. */
  readonly joined: number[];
}

/** Whether the cost of a message, and of joining, depends on the length of the history. */
export async function history(): Promise<Table[]> {
  const stages = await Promise.all(SIZES.map(prepare));
  // In turns, so that a change in the machine's speed affects every size alike.
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    for (const stage of stages) await measure(stage, round >= WARM_UP);
  }
  await Promise.all(stages.map(end));
  return [table(stages)];
}

async function prepare(size: number): Promise<Stage> {
  const folder = await folderWithMessages(size);
  const server = await ServerProcess.start(folder);
  const [sender, listener] = await Promise.all([
    Client.connect(server.url, 'ana@acme.com'),
    Client.connect(server.url, 'beto@acme.com'),
  ]);
  await listener.join(null);
  return { server, folder, sender, listener, delivered: [], joined: [] };
}

async function measure({ sender, listener, delivered, joined }: Stage, counts: boolean): Promise<void> {
  const sent = performance.now();
  const received = new Promise((resolve) => {
    listener.socket.once('feed', resolve);
  });
  sender.socket.emit('chat:send', { id: randomUUID(), text: 'hola' });
  await received;
  const delivery = performance.now() - sent;
  await sender.join(null);
  if (!counts) return;
  delivered.push(delivery);
  joined.push(performance.now() - sent - delivery);
}

async function end({ server, folder, sender, listener }: Stage): Promise<void> {
  sender.close();
  listener.close();
  await server.stop();
  await rm(folder, { recursive: true });
}

function table(stages: readonly Stage[]): Table {
  const median = (samples: readonly number[] = []) => percentile(samples, 0.5);
  const [first] = stages;
  return {
    title: 'Send → delivered, and feed:join, by messages stored before (medians, ratio to the first row)',
    columns: ['stored', 'delivered ms', 'ratio', 'join ms', 'ratio'],
    rows: stages.map(({ delivered, joined }, index) => [
      String(SIZES[index]),
      median(delivered).toFixed(2),
      ratio(median(delivered), median(first?.delivered)),
      median(joined).toFixed(2),
      ratio(median(joined), median(first?.joined)),
    ]),
  };
}
