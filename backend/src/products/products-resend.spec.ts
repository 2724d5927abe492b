import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { RequestName } from '../contract/index.js';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';

type ProductCommand = Extract<RequestName, `product:${string}` | `stock:${string}`>;

/** One command of each kind, and the same with another content. */
const COMMANDS: Record<ProductCommand, { readonly command: object; readonly others: readonly object[] }> = {
  'product:add': {
    command: { title: 'Plato', price: 5, stock: 2 },
    others: [
      { title: 'Vaso', price: 5, stock: 2 },
      { title: 'Plato', price: 5 },
    ],
  },
  'product:change': {
    command: { product: 1, base: 1, fields: { title: 'Tacita' } },
    others: [
      { product: 1, base: 1, fields: { title: 'Tazón' } },
      { product: 1, base: 1, fields: { title: 'Tacita', price: 4 } },
      { product: 2, base: 1, fields: { title: 'Tacita' } },
    ],
  },
  'product:remove': { command: { product: 1 }, others: [{ product: 2 }] },
  'stock:move': {
    command: { product: 1, delta: -2, note: 'rotura' },
    others: [
      { product: 1, delta: -3, note: 'rotura' },
      { product: 1, delta: -2, note: 'venta' },
      { product: 1, delta: -2 },
    ],
  },
};
const each = Object.entries(COMMANDS).map(([name, cases]) => ({ name: name as ProductCommand, ...cases }));

describe('a product command sent twice', () => {
  let server: TestServer;
  let ana: Client;
  let beto: Client;
  const id = randomUUID();
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
    beto = await server.join('beto@acme.com');
    for (const title of ['Taza', 'Jarra']) await ana.do('product:add', { title, price: 3, stock: 3 });
  });
  afterEach(() => server.end());

  it.each(each)('$name gets the same answer, here and over another connection, and is broadcast once', async (one) => {
    const first = await ana.raw(one.name, { id, ...one.command });
    expect(first).toMatchObject({ ok: true, data: { n: 3 } });
    const other = await server.connect('ana@acme.com');

    expect(await ana.raw(one.name, { id, ...one.command })).toEqual(first);
    expect(await other.raw(one.name, { id, ...one.command })).toEqual(first);

    await beto.roundTrip();
    expect(beto.received.map(({ n }) => n)).toEqual([1, 2, 3]);
  });

  it.each(each)('$name gets the same answer after a restart, and is stored once', async ({ name, command }) => {
    const first = await ana.raw(name, { id, ...command });
    const { products } = await beto.snapshot();
    await server.restart();
    const again = await server.join('ana@acme.com');

    expect(await again.raw(name, { id, ...command })).toEqual(first);

    expect(await again.snapshot()).toMatchObject({ n: 3, products });
  });

  it.each(each)('$name is refused with ID_REUSED when it says something else', async ({ name, command, others }) => {
    await ana.raw(name, { id, ...command });

    for (const other of others) expect((await ana.refused(name, { id, ...other })).code).toBe('ID_REUSED');

    expect((await beto.snapshot()).n).toBe(3);
  });

  it.each(each)('$name is refused with ID_REUSED when it says something else at once', async (one) => {
    const answers = Promise.all([
      ana.raw(one.name, { id, ...one.command }),
      ...one.others.map((other) => ana.raw(one.name, { id, ...other })),
    ]);

    expect((await answers).slice(1)).toEqual(
      one.others.map(() => ({ ok: false, error: expect.objectContaining({ code: 'ID_REUSED' }) })),
    );
    expect((await beto.snapshot()).n).toBe(3);
  });

  it('answers with the product as it was added, whatever became of it', async () => {
    const command = { id, title: 'Plato', price: 5 };
    const first = await ana.ask('product:add', command);
    await beto.do('product:change', { product: 3, base: 3, fields: { title: 'Fuente' } });

    expect(await ana.ask('product:add', command)).toEqual(first);
  });

  it('does not move pieces a second time when there are none left', async () => {
    const first = await ana.do('stock:move', { id, product: 1, delta: -3 });

    expect(await ana.do('stock:move', { id, product: 1, delta: -3 })).toEqual(first);
  });

  it('may be sent again after a conflict, and succeeds when the reason no longer exists', async () => {
    expect((await ana.refused('stock:move', { id, product: 1, delta: -4 })).code).toBe('CONFLICT');
    await beto.do('stock:move', { product: 1, delta: 1 });

    expect(await ana.do('stock:move', { id, product: 1, delta: -4 })).toMatchObject({ stock: 0 });
  });

  it('is another command when another member sends it', async () => {
    await ana.do('stock:move', { id, product: 1, delta: -1 });

    expect(await beto.do('stock:move', { id, product: 1, delta: -1 })).toMatchObject({ stock: 1 });
  });
});
