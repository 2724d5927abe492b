import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import type { Product } from '../contract/index.js';
import type { Client } from '../../test/client.js';
import { applyRecords } from '../../test/apply-records.js';
import { TestServer } from '../../test/server.js';
import { CHECKPOINT_FILE } from '../journal/file/checkpoint.js';

const CUP = { title: 'Taza', price: 3, thumbnail: 'https://acme.com/a.png', code: 'T-1', category: 'menaje' };

describe('a product that was removed', () => {
  let server: TestServer;
  let ana: Client;
  let beto: Client;
  /** As it was when it was removed. */
  let cup: Product;
  let removal: { readonly n: number; readonly command: string };
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
    beto = await server.join('beto@acme.com');
    const { n } = await ana.do('product:add', { ...CUP, description: 'azul', stock: 7 });
    await beto.do('product:add', { title: 'Plato', price: 5 });
    await beto.do('product:change', { product: n, base: n, fields: { price: 4 } });
    await ana.do('stock:move', { product: n, delta: -2 });
    cup = (await ana.snapshot()).products[0]!;
    removal = await remove();
  });
  afterEach(() => server.end());

  const remove = async () => {
    const command = crypto.randomUUID();
    const { n } = await ana.do('product:remove', { id: command, product: cup.id });
    return { n, command };
  };
  const restore = (client = ana) => client.do('product:restore', { product: cup.id, refers: removal });

  it('comes back with its id, its fields and its pieces, and the others are notified', async () => {
    const id = crypto.randomUUID();
    const answer = await beto.ask('product:restore', { id, product: cup.id, refers: removal });

    const [n, at]: [number, unknown] = [removal.n + 1, expect.any(String)];
    const back = { ...cup, n, at, by: 'beto@acme.com', command: id };
    expect(answer).toEqual({ ok: true, data: { n, at, product: back } });
    expect(await ana.waitForRecord(n)).toEqual({
      ...{ n, at, by: 'beto@acme.com', id, type: 'product-restored', product: cup.id },
      fields: { ...CUP, price: 4, description: 'azul' },
      stock: 5,
    });
    expect((await ana.snapshot()).products[0]).toEqual(back);
  });

  it('is at its previous place in the list, in an open page and in a new one', async () => {
    const before = await beto.snapshot();
    const { n } = await restore();
    await beto.waitForRecord(n);
    const after = await beto.snapshot();

    expect(after.products.map(({ title }) => title)).toEqual(['Taza', 'Plato']);
    expect(applyRecords(before, beto.received)).toEqual(after);
    await server.waitForFile('products.json', `${JSON.stringify(after.products, null, 2)}\n`);
  });

  it.each<[string, () => Promise<void>]>([
    ['from a checkpoint', () => Promise.resolve()],
    ['without one', () => rm(server.path(CHECKPOINT_FILE))],
  ])('comes back after a restart, too, %s', async (_, happened) => {
    await server.restart(happened);
    ana = await server.join('ana@acme.com');

    const { product } = await restore();

    expect(product).toMatchObject({ ...CUP, id: cup.id, price: 4, stock: 5 });
    await server.restart(happened);
    expect((await (await server.join()).snapshot()).products[0]).toEqual(product);
  });

  it('can be changed, counted and removed again', async () => {
    const { n } = await restore();

    await beto.do('product:change', { product: cup.id, base: n, fields: { title: 'Tacita' } });
    expect(await beto.do('stock:move', { product: cup.id, delta: -5 })).toMatchObject({ stock: 0 });
    removal = await remove();
    expect((await restore(beto)).product).toMatchObject({ title: 'Tacita', price: 4, stock: 0 });
  });

  it('keeps who changed each field, for conflicts', async () => {
    await restore();

    const error = await ana.refused('product:change', { product: cup.id, base: cup.id, fields: { price: 9 } });

    expect(error.fields).toEqual([expect.objectContaining({ field: 'price', theirs: 4, by: 'beto@acme.com' })]);
  });

  it('can be removed by a member who saw it before it was removed and restored: its fields are the same', async () => {
    await restore();

    await beto.do('product:remove', { product: cup.id, base: cup.n });

    expect((await ana.snapshot()).products).toHaveLength(1);
  });

  it('is restored once when two members restore it at the same time', async () => {
    const answers = await Promise.all(
      [ana, beto].map((one) => one.raw('product:restore', { id: crypto.randomUUID(), product: cup.id })),
    );

    expect(answers).toContainEqual({
      ok: false,
      error: { code: 'CONFLICT', message: 'That product has not been removed.', retry: false },
    });
    expect((await ana.snapshot()).n).toBe(removal.n + 1);
  });

  it('is removed and restored in one batch', async () => {
    await restore();
    const id = { product: cup.id };

    await Promise.all([
      ana.do('product:remove', id),
      ana.do('product:restore', id),
      ana.do('stock:move', { ...id, delta: -5 }),
    ]);

    expect((await beto.snapshot()).products[0]).toMatchObject({ id: cup.id, stock: 0 });
  });

  it('is not found when it never existed, or is a message', async () => {
    const { n } = await ana.do('chat:send', { text: 'hola' });

    for (const product of [n, 99]) {
      expect(await ana.refused('product:restore', { product })).toMatchObject({ code: 'NOT_FOUND', retry: false });
    }
  });

  it('cannot be restored when the command refers to another history', async () => {
    const refers = { n: removal.n, command: crypto.randomUUID() };

    const error = await ana.refused('product:restore', { product: cup.id, refers });

    expect(error).toMatchObject({ code: 'CONFLICT', fields: [{ field: 'refers', rule: 'sameRecord' }] });
  });

  it('cannot be restored by a visitor', async () => {
    const visitor = await server.join();

    expect((await visitor.refused('product:restore', { product: cup.id })).code).toBe('UNIDENTIFIED');
  });

  it.each([{}, { product: 0 }, { product: '1' }, { product: 1, stock: 3 }])(
    'cannot be restored with %j',
    async (wrong) => {
      expect((await ana.refused('product:restore', wrong)).code).toBe('INVALID');
    },
  );
});
