import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';

describe('the catalogue', () => {
  let server: TestServer;
  let ana: Client;
  let beto: Client;
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
    beto = await server.join('beto@acme.com');
  });
  afterEach(() => server.end());

  it('acknowledges a product as it is now, and shows it to the others', async () => {
    const id = randomUUID();
    const fields = {
      title: 'Taza «ñ»',
      price: 3.5,
      thumbnail: 'https://acme.com/taza.png',
      description: 'dos\nlíneas',
      code: 'T-1',
      category: 'menaje',
    };

    const answer = await ana.ask('product:add', { id, ...fields, stock: 7 });

    const at: unknown = expect.any(String);
    const product = { id: 1, n: 1, ...fields, stock: 7, by: 'ana@acme.com', at, command: id };
    expect(answer).toEqual({ ok: true, data: { n: 1, at, product } });
    expect(await beto.waitForRecord(1)).toEqual({
      n: 1,
      at,
      by: 'ana@acme.com',
      id,
      type: 'product-added',
      fields,
      stock: 7,
    });
    expect((await beto.snapshot()).products).toEqual([product]);
  });

  it('takes title and price for enough: the rest is empty, and there are no pieces', async () => {
    const { product } = await ana.do('product:add', { title: 'Taza', price: 0 });

    expect(product).toMatchObject({ price: 0, thumbnail: '', description: '', code: '', category: '', stock: 0 });
  });

  it('changes only the fields of the command', async () => {
    const { n, product } = await ana.do('product:add', { title: 'Taza', price: 3, code: 'T-1', stock: 4 });

    const change = await beto.do('product:change', { product: n, base: n, fields: { price: 4, code: '' } });

    expect(await ana.waitForRecord(change.n)).toMatchObject({
      type: 'product-changed',
      product: n,
      by: 'beto@acme.com',
      fields: { price: 4, code: '' },
    });
    expect(Object.keys((await ana.waitForRecord(change.n)) as object)).not.toContain('base');
    const changed = {
      ...product,
      price: 4,
      code: '',
      n: change.n,
      by: 'beto@acme.com',
      at: change.at,
      command: expect.any(String),
    };
    expect((await ana.snapshot()).products).toEqual([changed]);
  });

  it('removes a product, and notifies the others', async () => {
    const { n } = await ana.do('product:add', { title: 'Taza', price: 3 });
    const stays = await ana.do('product:add', { title: 'Plato', price: 5 });

    const removal = await beto.do('product:remove', { product: n });

    expect(await ana.waitForRecord(removal.n)).toMatchObject({ type: 'product-removed', product: n });
    expect((await ana.snapshot()).products).toEqual([stays.product]);
  });

  it('moves pieces and answers with how many there are', async () => {
    const { n } = await ana.do('product:add', { title: 'Taza', price: 3, stock: 10 });

    expect(await beto.do('stock:move', { product: n, delta: -3, note: 'rotura' })).toMatchObject({
      n: n + 1,
      stock: 7,
    });
    expect(await beto.do('stock:move', { product: n, delta: 5 })).toMatchObject({ n: n + 2, stock: 12 });

    expect(await ana.waitForRecord(n + 1)).toMatchObject({ type: 'stock-moved', delta: -3, stock: 7, note: 'rotura' });
    expect((await ana.snapshot()).products).toMatchObject([{ id: n, n: n + 2, stock: 12 }]);
  });

  it.each([
    ['product:change', { base: 1, fields: { title: 'x' } }],
    ['product:remove', {}],
    ['stock:move', { delta: 1 }],
  ] as const)('%s does not find a product that was never there, or is gone, or is a message', async (name, more) => {
    const message = await ana.do('chat:send', { text: 'hola' });
    const { n } = await ana.do('product:add', { title: 'Taza', price: 3 });
    const removal = await ana.do('product:remove', { product: n });

    for (const product of [message.n, n, 99]) {
      expect(await ana.refused(name, { product, ...more })).toMatchObject({ code: 'NOT_FOUND', retry: false });
    }
    expect(await last(beto)).toBe(removal.n);
  });

  it.each([
    ['product:add', { title: 'Taza', price: 3 }],
    ['product:change', { product: 1, base: 1, fields: { title: 'x' } }],
    ['product:remove', { product: 1 }],
    ['stock:move', { product: 1, delta: 1 }],
  ] as const)('%s refuses a visitor without notifying anyone', async (name, payload) => {
    await ana.do('product:add', { title: 'Taza', price: 3 });
    const visitor = await server.join();

    expect(await visitor.refused(name, payload)).toMatchObject({ code: 'UNIDENTIFIED', retry: false });

    expect(await last(beto)).toBe(1);
    expect((await beto.snapshot()).products).toMatchObject([{ title: 'Taza', stock: 0 }]);
  });

  it('stores the commands of one sender in the order in which they were sent', async () => {
    const { n } = await ana.do('product:add', { title: 'Taza', price: 3 });

    const stored = await Promise.all([
      ana.do('product:change', { product: n, base: n, fields: { title: 'Tacita', price: 4 } }),
      ana.do('chat:send', { text: 'una' }),
      ana.do('stock:move', { product: n, delta: 3 }),
      ana.do('product:change', { product: n, base: n, fields: { code: 'T' } }),
      ana.do('product:remove', { product: n }),
      ana.do('chat:send', { text: 'dos' }),
    ]);

    expect(stored.map((record) => record.n - n)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('never reuses a number, also after a removal and a restart', async () => {
    const first = await ana.do('product:add', { title: 'Taza', price: 3 });
    const removal = await ana.do('product:remove', { product: first.n });
    await server.restart();
    const again = await server.join('ana@acme.com');

    const second = await again.do('product:add', { title: 'Taza', price: 3 });

    expect(second.product.id).toBe(removal.n + 1);
    expect((await again.snapshot()).products.map(({ id }) => id)).toEqual([second.product.id]);
  });

  it('keeps the order in which products were added, whatever changes later, and after a restart', async () => {
    for (const title of ['uno', 'dos', 'tres']) await ana.do('product:add', { title, price: 1 });
    await ana.do('product:change', { product: 1, base: 1, fields: { title: 'UNO' } });
    const { products } = await ana.snapshot();
    expect(products.map(({ title }) => title)).toEqual(['UNO', 'dos', 'tres']);

    await server.restart();

    expect((await (await server.join()).snapshot()).products).toEqual(products);
  });

  it('stores two products with the same fields, where these have no code: only their number differs', async () => {
    const [one, two] = await Promise.all([1, 2].map(() => ana.do('product:add', { title: 'Taza', price: 3 })));

    expect(one!.product.id).not.toBe(two!.product.id);
  });
});

/** The number of the last record that a client has received, after a round trip. */
async function last(client: Client): Promise<number | undefined> {
  await client.roundTrip();
  return client.received.at(-1)?.n;
}
