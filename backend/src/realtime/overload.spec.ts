import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { Ack, Stored } from '../contract/index.js';
import type { Client } from '../../test/client.js';
import { PausableDisk } from '../../test/journal/pausable-disk.js';
import { TestServer } from '../../test/server.js';

/** Commands of one member that may wait for the disk, while nobody else's do: as much as is then still free for others. */
const MAX_WAITING = 5_000;

let disk: PausableDisk;
let server: TestServer;
let ana: Client;
beforeEach(async () => {
  disk = new PausableDisk();
  server = await TestServer.start({ RATE_LIMITS: 'no' });
  ana = await server.connect('ana@acme.com');
  disk.pause();
});
afterEach(async () => {
  disk.resume();
  await server.end();
  jest.restoreAllMocks();
});

interface Sent {
  readonly command: { readonly id: string; readonly text: string };
  answer?: Ack<Stored>;
}

/** Sends so many messages at once, and waits until the server has them all. */
async function flood(count: number, text = 'hola'): Promise<Sent[]> {
  const sent = Array.from({ length: count }, (): Sent => ({ command: { id: randomUUID(), text } }));
  for (const one of sent) ana.socket.emit('chat:send', one.command, (answer) => (one.answer = answer));
  await ana.roundTrip();
  return sent;
}

/** Bytes in use after a collection. */
function heap(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

it('refuses at once what is too much for a slow disk, and stores everything once when it is sent again', async () => {
  const sent = await flood(MAX_WAITING + 500);

  const refused = sent.filter(({ answer }) => answer !== undefined);
  expect(refused).toHaveLength(500);
  for (const { answer } of refused) expect(answer).toMatchObject({ error: { code: 'RATE_LIMITED', retry: true } });
  // Others have room all the same.
  const beto = await server.connect('beto@acme.com');
  const others = beto.ask('chat:send', { id: randomUUID(), text: 'y yo' });
  const again = ana.ask('chat:send', sent[0]!.command);
  await beto.roundTrip();
  disk.resume();
  expect(await others).toMatchObject({ ok: true });
  expect(await again).toMatchObject({ ok: true, data: { n: 1 } });
  const answers = await Promise.all(refused.map(({ command }) => ana.ask('chat:send', command)));
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);

  for (const { answer } of sent.slice(0, MAX_WAITING)) expect(answer).toMatchObject({ ok: true });
  const journal = (await server.read('journal.jsonl')).split('\n').filter((line) => line.includes('"hola"'));
  const ids = journal.map((line) => (JSON.parse(line) as { id: string }).id);
  expect(ids.sort()).toEqual(sent.map(({ command }) => command.id).sort());
});

it('holds no more, however much comes', async () => {
  await flood(MAX_WAITING);
  const before = heap();
  for (let round = 0; round < 10; round++) await flood(2_000, 'x'.repeat(2_000));
  expect(heap() - before).toBeLessThan(10_000_000);
});
