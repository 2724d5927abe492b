import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';

describe('the low-stock threshold of a product', () => {
  let server: TestServer;
  let ana: Client;
  let beto: Client;
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
    beto = await server.join('beto@acme.com');
  });
  afterEach(() => server.end());

  const change = (client: Client, fields: object) => client.do('product:change', { product: 1, base: 1, fields });

  it('is stored with a new product, sent to the others, and in products.json', async () => {
    const { product } = await ana.do('product:add', { title: 'Taza', price: 3, lowStock: 4 });

    expect(product.lowStock).toBe(4);
    expect(await beto.waitForRecord(1)).toMatchObject({ type: 'product-added', fields: { lowStock: 4 } });
    await server.waitForFile('products.json', `${JSON.stringify([product], null, 2)}\n`);
    expect(await server.read('products.json')).toContain('"lowStock": 4');
  });

  it('is absent from record and product unless it was set, as in those of earlier versions', async () => {
    const { product } = await ana.do('product:add', { title: 'Taza', price: 3 });

    expect(product).not.toHaveProperty('lowStock');
    expect(await beto.waitForRecord(1)).not.toHaveProperty('fields.lowStock');
  });

  it('is absent when it is 0: the same command with 0 and without it says the same', async () => {
    const command = { id: randomUUID(), title: 'Taza', price: 3 };
    const first = await ana.ask('product:add', command);

    expect(await ana.ask('product:add', { ...command, lowStock: 0 })).toEqual(first);
    expect(await ana.refused('product:add', { ...command, lowStock: 1 })).toMatchObject({ code: 'ID_REUSED' });
  });

  it('is merged with changes of other fields, and can be set to 0 again', async () => {
    await ana.do('product:add', { title: 'Taza', price: 3 });
    await change(ana, { lowStock: 5 });
    await change(beto, { price: 4 });
    expect((await ana.snapshot()).products).toMatchObject([{ lowStock: 5, price: 4 }]);

    const { n } = (await ana.snapshot()).products[0]!;
    await ana.do('product:change', { product: 1, base: n, fields: { lowStock: 0 } });

    expect((await beto.snapshot()).products).toMatchObject([{ lowStock: 0, price: 4 }]);
  });

  it('conflicts when two members set it, also to 0', async () => {
    await ana.do('product:add', { title: 'Taza', price: 3 });
    const { at } = await change(ana, { lowStock: 5 });

    for (const yours of [7, 0]) {
      const error = await beto.refused('product:change', { product: 1, base: 1, fields: { lowStock: yours } });
      expect(error.fields).toEqual([{ field: 'lowStock', yours, theirs: 5, by: 'ana@acme.com', at }]);
    }
    await change(beto, { lowStock: 5 });
  });
});
