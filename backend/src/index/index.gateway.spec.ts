import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';
import type { Data } from '../contract/index.js';

let server: TestServer;
let ana: Client;
let beto: Client;
beforeEach(async () => {
  server = await TestServer.start();
  [ana, beto] = [await server.join('ana@acme.com'), await server.join('beto@acme.com')];
});
afterEach(() => server.end());

const timeline = (client: Client, product: number) => client.ask('product:timeline', { product, limit: 10 });

async function calculator(): Promise<Data<'product:add'>['product']> {
  const { product } = await ana.do('product:add', { title: 'Calculadora', price: 345.67, code: 'CAL', stock: 15 });
  return product;
}

describe('the timeline of a product', () => {
  it('has what was done right before, for members and visitors alike', async () => {
    const { id } = await calculator();
    await beto.do('stock:move', { product: id, delta: -3, note: 'rotura' });

    const visitor = await server.connect();
    for (const client of [ana, visitor]) {
      const answer = await timeline(client, id);
      expect(answer).toMatchObject({ ok: true, data: { n: 2, more: false } });
      expect(answer.ok && answer.data.entries).toMatchObject([
        { n: 2, changes: [{ type: 'stock-moved', by: 'beto@acme.com', delta: -3, stock: 12, note: 'rotura' }] },
        { n: 1, changes: [{ type: 'product-added', by: 'ana@acme.com' }] },
      ]);
    }
  });

  it('of what is no product is not found', async () => {
    await ana.do('chat:send', { text: 'hola' });
    for (const product of [1, 99]) {
      expect(await timeline(ana, product)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND', retry: false } });
    }
  });
});
