import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Ack, COMMANDS as ALL, type Stored } from '../contract/index.js';
import type { Client } from '../../test/client.js';
import { PausableDisk } from '../../test/journal/pausable-disk.js';
import { TestServer } from '../../test/server.js';

const FULL = { ok: false, error: { code: 'STORAGE_FULL', retry: true } };

/** Every command, on a board with product 1, a message of Beto's, 2, and one of Ana's, 3. */
const COMMANDS = {
  'chat:send': { text: 'y' },
  'chat:edit': { message: 3, text: 'y' },
  'chat:delete': { message: 3 },
  'chat:agree': { message: 2 },
  'chat:pin': { message: 2, pinned: true },
  'product:add': { title: 'Plato', price: 1 },
  'product:change': { product: 1, base: 1, fields: { title: 'Tazón' } },
  'product:remove': { product: 1 },
  'stock:move': { product: 1, delta: 1 },
};

let disk: PausableDisk;
let server: TestServer;
let ana: Client;
beforeEach(async () => {
  disk = new PausableDisk();
  server = await TestServer.start();
  ana = await server.join('ana@acme.com');
  const beto = await server.join('beto@acme.com');
  await ana.do('product:add', { title: 'Taza', price: 3, stock: 5 });
  await beto.do('chat:send', { text: 'hola' });
  await ana.do('chat:send', { text: 'hola' });
});
afterEach(async () => {
  // The disk was full, on purpose.
  server.log.errors.length = 0;
  await server.end();
  jest.restoreAllMocks();
});

/** Two commands in flight; the disk is full for the first, and has space for the second. */
async function sendBoth(x: object, name: string, y: object): Promise<unknown[]> {
  let batches = 0;
  disk.full = () => ++batches === 1;
  disk.pause();
  const first = ana.raw('chat:send', x);
  await disk.paused;
  const second = ana.raw(name, y);
  // Its answer comes after the second command on the same connection: that waits in the server now.
  await ana.roundTrip();
  disk.resume();
  return Promise.all([first, second]);
}

describe('a command in flight after one for which the disk is full', () => {
  const x = { id: randomUUID(), text: 'x' };

  it.each(Object.entries(COMMANDS))('is stored after it with `after`: %s', async (name, command) => {
    const y = { id: randomUUID(), after: x.id, ...command };
    expect(await sendBoth(x, name, y)).toMatchObject([FULL, FULL]);

    expect(await Promise.all([ana.raw('chat:send', x), ana.raw(name, y)])).toMatchObject([
      { ok: true, data: { n: 4 } },
      { ok: true, data: { n: 5 } },
    ]);
    // `after` is not part of the intent: without it the answer is the same.
    expect(await ana.raw(name, { ...y, after: undefined })).toMatchObject({ ok: true, data: { n: 5 } });
    expect(await server.read('journal.jsonl')).not.toContain('"after"');
  });

  it('overtakes it without `after`', async () => {
    const y = { id: randomUUID(), text: 'y' };
    expect(await sendBoth(x, 'chat:send', y)).toMatchObject([FULL, { ok: true, data: { n: 4 } }]);

    expect(await ana.raw('chat:send', x)).toMatchObject({ ok: true, data: { n: 5 } });
  });

  it('is stored alone when the first was discarded', async () => {
    const y = { id: randomUUID(), text: 'y' };
    expect(await sendBoth(x, 'chat:send', { ...y, after: x.id })).toMatchObject([FULL, FULL]);

    expect(await ana.raw('chat:send', y)).toMatchObject({ ok: true, data: { n: 4 } });
  });

  it('is stored when the first, sent again, is refused without a retry, because its message does not exist', async () => {
    const edit = { id: randomUUID(), message: 3, text: 'better' };
    disk.full = () => true;
    expect(await ana.raw('chat:edit', edit)).toMatchObject(FULL);
    disk.full = () => false;
    await ana.do('chat:delete', { message: 3 });

    const both = [ana.raw('chat:edit', edit), ana.raw('chat:send', { id: randomUUID(), text: 'y', after: edit.id })];
    expect(await Promise.all(both)).toMatchObject([
      { ok: false, error: { code: 'NOT_FOUND' } },
      { ok: true, data: { n: 5 } },
    ]);
  });

  it('waits also after one in between that is about nothing', async () => {
    let batches = 0;
    disk.full = () => ++batches === 1;
    disk.pause();
    const [y, z] = [randomUUID(), randomUUID()];
    const answers = [ana.raw('chat:send', x)];
    await disk.paused;
    answers.push(ana.raw('chat:edit', { id: y, message: 99, text: 'y', after: x.id }));
    answers.push(ana.raw('chat:send', { id: z, text: 'z', after: y }));
    await ana.roundTrip();
    disk.resume();
    expect(await Promise.all(answers)).toMatchObject([FULL, FULL, FULL]);
  });
});

it('stores a hundred commands in their order on a disk that is full every other time', async () => {
  let batches = 0;
  disk.full = () => ++batches % 2 === 1;
  const commands = Array.from({ length: 100 }, (_, index) => ({ id: randomUUID(), text: `${index}` }));
  let waiting = commands;
  while (waiting.length > 0) {
    const sent = waiting.slice(0, 32);
    const answers: Promise<Ack<Stored>>[] = [];
    for (const [index, command] of sent.entries()) {
      const after = sent[index - 1]?.id;
      answers.push(ana.ask('chat:send', after === undefined ? command : { ...command, after }));
      // In several batches.
      if (index % 5 === 4) await ana.roundTrip();
    }
    const stored = await Promise.all(answers);
    waiting = [...sent.filter((_, index) => !stored[index]!.ok), ...waiting.slice(32)];
  }
  await ana.waitForRecord(103);
  expect(ana.received.slice(3).map(({ id }) => id)).toEqual(commands.map(({ id }) => id));
});

it.each(['', 'hola', 5, null])('refuses `after` when it is no UUID: %j', async (after) => {
  expect(await ana.refused('chat:send', { text: 'hola', after })).toMatchObject({
    code: 'INVALID',
    fields: [{ field: 'after' }],
  });
  expect(await ana.refused('product:add', { title: 'T', price: 1, after })).toMatchObject({
    code: 'INVALID',
    fields: [{ field: 'after' }],
  });
});

describe('a command that is sent again because its answer was lost', () => {
  const few = { id: randomUUID(), product: 1, delta: -9 };
  const y = { id: randomUUID(), after: few.id, text: 'y' };

  it('is refused again when what was sent after it is stored, though it could be stored by now', async () => {
    await Promise.all([ana.raw('stock:move', few), ana.raw('chat:send', y)]);
    await ana.do('stock:move', { product: 1, delta: 100 });

    expect(await ana.raw('stock:move', { ...few, precedes: [y.id] })).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT', retry: false, fields: [{ field: 'precedes', rule: 'notStored' }] },
    });
    // Whoever wants it all the same says so: then it is given now.
    expect(await ana.raw('stock:move', few)).toMatchObject({ ok: true });
    expect(await server.read('journal.jsonl')).not.toContain('"precedes"');
  });

  it.each(Object.keys(ALL))('may name what came before and after it: %s', async (name) => {
    const head = { id: randomUUID(), after: randomUUID(), precedes: [randomUUID()] };
    const answer = await ana.raw(name, { ...head, nonsense: 1 });
    expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID' } });
    expect(JSON.stringify(answer)).toContain('"nonsense"');
    expect(JSON.stringify(answer)).not.toMatch(/"(?:after|precedes)"/);
  });
});
