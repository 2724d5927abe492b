import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { LIMITS, type Payload, type ProductHistoryPage } from '../contract/index.js';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';
import { CHECKPOINT_FILE } from '../journal/file/checkpoint.js';

describe('the history of a product', () => {
  let server: TestServer;
  let ana: Client;
  let beto: Client;
  let cup: number;
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
    beto = await server.join('beto@acme.com');
    cup = (await ana.do('product:add', { title: 'Taza', price: 3, stock: 5 })).n;
  });
  afterEach(() => server.end());

  const ask = async (request: Partial<Payload<'product:history'>> = {}, client = ana): Promise<ProductHistoryPage> => {
    const answer = await client.ask('product:history', { product: cup, limit: 100, ...request });
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.data;
  };
  /** One change of each kind, and records about other things. */
  const live = async () => {
    await ana.do('chat:send', { text: 'hola' });
    await beto.do('stock:move', { product: cup, delta: -2, note: 'rotura' });
    const plate = await ana.do('product:add', { title: 'Plato', price: 5 });
    await ana.do('product:change', { product: cup, base: cup, fields: { price: 4 } });
    await ana.do('stock:move', { product: plate.n, delta: 1 });
    await ana.do('product:remove', { product: cup });
    await beto.do('product:restore', { product: cup });
  };

  it('has who did what and when, newest first, and the stock after it', async () => {
    await live();

    const { records, more } = await ask();

    const at: unknown = expect.any(String);
    expect(more).toBe(false);
    expect(records).toMatchObject([
      { type: 'product-restored', by: 'beto@acme.com', at, stock: 3, fields: { title: 'Taza', price: 4 } },
      { type: 'product-removed', by: 'ana@acme.com', at },
      { type: 'product-changed', by: 'ana@acme.com', at, fields: { price: 4 } },
      { type: 'stock-moved', by: 'beto@acme.com', at, delta: -2, note: 'rotura', stock: 3 },
      { type: 'product-added', by: 'ana@acme.com', at, n: cup, stock: 5 },
    ]);
    for (const record of records.slice(0, -1)) expect(await beto.waitForRecord(record.n)).toEqual(record);
  });

  it('has pages without gaps', async () => {
    await live();
    const { records: all } = await ask();

    const first = await ask({ limit: 2 });
    const second = await ask({ limit: 2, before: first.records.at(-1)!.n });
    const third = await ask({ limit: 2, before: second.records.at(-1)!.n });

    expect([first.more, second.more, third.more]).toEqual([true, true, false]);
    expect([...first.records, ...second.records, ...third.records]).toEqual(all);
    expect(await ask({ before: cup })).toEqual({ records: [], more: false });
  });

  it('is readable by visitors, and after the product was removed', async () => {
    await ana.do('product:remove', { product: cup });
    const visitor = await server.join();

    expect((await ask({}, visitor)).records.map(({ type }) => type)).toEqual(['product-removed', 'product-added']);
  });

  it.each<[string, () => Promise<void>]>([
    ['from a checkpoint', () => Promise.resolve()],
    ['without one', () => rm(server.path(CHECKPOINT_FILE))],
  ])('is the same after a restart, %s', async (_, happened) => {
    await live();
    const before = await ask();

    await server.restart(happened);
    ana = await server.join('ana@acme.com');

    expect(await ask()).toEqual(before);
    await ana.do('stock:move', { product: cup, delta: 1 });
    expect((await ask({ limit: 1 })).records).toMatchObject([{ type: 'stock-moved', stock: 4 }]);
  });

  it('has pages of bounded size', async () => {
    const description = '😀'.repeat(LIMITS.description / 2);
    for (let count = 0; count < 60; count++) {
      await ana.do('product:change', { product: cup, base: 1_000, fields: { description, price: count } });
    }

    const pages = [await ask()];
    while (pages.at(-1)!.more) pages.push(await ask({ before: pages.at(-1)!.records.at(-1)!.n }));

    for (const { records } of pages) {
      expect(Buffer.byteLength(JSON.stringify(records))).toBeLessThan(LIMITS.productHistoryBytes + 1_000);
    }
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flatMap(({ records }) => records.map(({ n }) => n))).toEqual(
      Array.from({ length: 61 }, (_, index) => cup + 60 - index),
    );
  });

  it('has every move of a message that makes many, where a page ends as well', async () => {
    await ana.do('product:change', { product: cup, base: cup, fields: { code: 'T' } });
    const moves = Math.floor(LIMITS.text / '#T +1\n'.length);
    const text = Array.from({ length: moves }, () => '#T +1').join('\n');
    const messages = 4;
    for (let count = 0; count < messages; count++) await ana.do('chat:send', { text });

    const pages = [await ask()];
    while (pages.at(-1)!.more) pages.push(await ask({ before: pages.at(-1)!.records.at(-1)!.n }));

    expect(pages.length).toBeGreaterThan(1);
    const stocks = pages.flatMap(({ records }) =>
      records.flatMap((record) => ('stock' in record ? [record.stock] : [])),
    );
    expect(stocks).toEqual(Array.from({ length: messages * moves + 1 }, (_, index) => messages * moves + 5 - index));
  });

  it('is not found for an id that never was of a product', async () => {
    const { n } = await ana.do('chat:send', { text: 'hola' });

    for (const product of [n, 99]) {
      expect((await ana.refused('product:history', { product, limit: 1 })).code).toBe('NOT_FOUND');
    }
  });

  it.each([
    {},
    { product: 1 },
    { product: 1, limit: 0 },
    { product: 1, limit: LIMITS.productHistoryPage + 1 },
    { product: 1, limit: 1, before: 0 },
    { product: 1, limit: 1, before: null },
    { product: 1, limit: 1, id: 'x' },
  ])('is refused for the request %j', async (request) => {
    expect((await ana.refused('product:history', request)).code).toBe('INVALID');
  });
});
