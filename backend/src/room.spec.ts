import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { TestServer } from '../test/server.js';
import { LIMITS } from './contract/index.js';

let server: TestServer;
beforeEach(async () => (server = await TestServer.start()));
afterEach(async () => {
  await server.end();
  jest.restoreAllMocks();
});

const limits: Record<string, number> = LIMITS;
const limit = (name: string, value: number) => jest.replaceProperty(limits, name, value);
const NO_ROOM = (field: string) => ({ code: 'FORBIDDEN', retry: false, fields: [{ field, rule: 'hasRoom' }] });

it('takes no more products than there may be, until one is removed; it does not come back into a full board', async () => {
  limit('products', 2);
  const ana = await server.connect('ana@acme.com');
  const { n: first } = await ana.do('product:add', { title: 'Taza', price: 1 });
  await ana.do('product:add', { title: 'Vaso', price: 1 });

  expect(await ana.refused('product:add', { title: 'Jarra', price: 1 })).toMatchObject(NO_ROOM('products'));
  await ana.do('product:remove', { product: first });
  await ana.do('product:add', { title: 'Jarra', price: 1 });
  expect(await ana.refused('product:restore', { product: first })).toMatchObject(NO_ROOM('products'));
});

it('knows no more members than there may be; who is known may change', async () => {
  limit('members', 1);
  const ana = await server.connect('ana@acme.com');
  await ana.do('member:profile', { name: 'Ana' });
  await ana.do('member:profile', { name: 'Ana María' });

  const beto = await server.connect('beto@acme.com');
  expect(await beto.refused('member:profile', { name: 'Beto' })).toMatchObject(NO_ROOM('members'));
});

it('keeps no more pictures than there may be, also after a restart; one that it has it takes again', async () => {
  limit('pictures', 1);
  const post = async (last: number) => {
    const headers = { cookie: await server.identify('ana@acme.com'), 'content-type': 'image/jpeg' };
    // The first bytes say that it is a JPEG.
    const body = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, last]);
    return fetch(`${server.url}/api/pictures`, { method: 'POST', headers, body });
  };
  expect([(await post(1)).status, (await post(1)).status]).toEqual([201, 201]);

  await server.restart();
  const refused = await post(2);
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ error: NO_ROOM('pictures') });
  expect((await post(1)).status).toBe(201);
});
