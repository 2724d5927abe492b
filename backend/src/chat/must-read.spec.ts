import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';
import { LIMITS, waitedFor } from '../contract/index.js';

let server: TestServer;
let ana: Client;
let beto: Client;
beforeEach(async () => {
  server = await TestServer.start();
  ana = await server.join('ana@acme.com');
  beto = await server.join('beto@acme.com');
});
afterEach(() => server.end());

const toRead = async (client: Client) => (await client.join(null)).toRead;
const newest = async () => (await ana.snapshot()).messages.at(-1)!;
const mustRead = ['beto@acme.com', 'carla@acme.com'];

describe('a message that members must read', () => {
  it('waits for each of them, on every device, until they say so; its author sees for whom', async () => {
    const { n } = await ana.do('chat:send', { text: 'mañana cerramos', mustRead });

    expect(await beto.waitForRecord(n)).toMatchObject({ mustRead });
    expect([await toRead(beto), await toRead(ana)]).toEqual([[n], undefined]);
    expect(waitedFor(await newest())).toEqual(mustRead);

    await beto.do('chat:agree', { message: n });
    expect(await toRead(beto)).toBeUndefined();
    expect(await toRead(await server.connect('carla@acme.com'))).toEqual([n]);
    expect(waitedFor(await newest())).toEqual(['carla@acme.com']);
  });

  it('waits for nobody when it is deleted, and still when it is edited', async () => {
    const { n } = await ana.do('chat:send', { text: 'uno', mustRead });
    await ana.do('chat:edit', { message: n, text: 'dos' });
    expect(await toRead(beto)).toEqual([n]);
    await ana.do('chat:delete', { message: n });
    expect(await toRead(beto)).toBeUndefined();
    expect(waitedFor(await newest())).toEqual([]);
  });

  it('may move stock, and waits after a restart, with a checkpoint and without', async () => {
    await ana.do('product:add', { title: 'Taza', price: 1, code: 'T', stock: 5 });
    const { n } = await ana.do('chat:send', { text: '#T -2', mustRead });
    const { cookie } = beto;
    for (const change of [undefined, () => rm(server.path('journal.checkpoint'), { force: true })]) {
      await server.restart(change);
      beto = await server.tab(cookie);
      const { toRead: waiting, ...snapshot } = await beto.snapshot();
      expect(waiting).toEqual([n]);
      expect(snapshot.products).toMatchObject([{ stock: 3 }]);
      expect(snapshot.messages.at(-1)).toMatchObject({ mustRead, about: [1], moves: [{ stock: 3 }] });
    }
  });

  it('cannot be one’s own, nor for what is no member', async () => {
    const refused = await ana.refused('chat:send', { text: 'hola', mustRead: ['ana@acme.com'] });
    expect(refused).toMatchObject({ code: 'INVALID', fields: [{ field: 'mustRead', rule: 'isSomebodyElse' }] });
    const many = Array.from({ length: LIMITS.mustRead + 1 }, (_, index) => `p${index}@acme.com`);
    const twice = ['beto@acme.com', 'beto@acme.com'];
    for (const wrong of [[], ['Beto@acme.com'], ['beto'], twice, many, 'beto@acme.com', [5], null]) {
      const answer = await ana.raw('chat:send', { id: randomUUID(), text: 'hola', mustRead: wrong });
      expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID' } });
    }
  });

  it('is another command with other members', async () => {
    const id = randomUUID();
    await ana.do('chat:send', { id, text: 'hola', mustRead });
    expect(await ana.refused('chat:send', { id, text: 'hola', mustRead: ['beto@acme.com'] })).toMatchObject({
      code: 'ID_REUSED',
    });
  });
});
