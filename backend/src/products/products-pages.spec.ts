import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inflateRawSync } from 'node:zlib';
import { type Data, LIMITS, type Payload, type Product, type ProductsPage } from '../contract/index.js';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';

let server: TestServer;
let ana: Client;
beforeEach(async () => {
  server = await TestServer.start();
  ana = await server.join('ana@acme.com');
});
afterEach(() => server.end());

/** Ana adds so many, with descriptions of that length. */
async function add(count: number, length = 0): Promise<void> {
  const description = 'ñ'.repeat(length);
  await Promise.all(
    Array.from({ length: count }, (_, index) => ana.do('product:add', { title: `P ${index}`, price: 1, description })),
  );
}

/** The first answer to somebody who takes the board in parts. */
async function begin(client: Client, firstProducts: number) {
  const answer = await client.ask('feed:join', { cursor: null, pages: true, firstProducts });
  if (!answer.ok || answer.data.mode !== 'snapshot') throw new Error('no snapshot');
  return answer.data;
}

async function ask(client: Client, request: Payload<'products:page'>): Promise<Data<'products:page'>> {
  const answer = await client.ask('products:page', request);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.data;
}

async function page(client: Client, request: Payload<'products:page'>): Promise<ProductsPage> {
  const data = await ask(client, request);
  return 'deflated' in data ? (JSON.parse(inflateRawSync(data.deflated).toString()) as ProductsPage) : data;
}

const bytes = (data: object): number => Buffer.byteLength(JSON.stringify(data));
const ids = (products: readonly Product[]): number[] => products.map(({ id }) => id);
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a large board, for a client that takes it in parts', () => {
  it('begins with the first products, and how many there are; pages have the others', async () => {
    await add(25);
    const beto = await server.connect();

    const first = await begin(beto, 10);
    const second = await page(beto, { after: 10, limit: 10 });
    const last = await page(beto, { after: 20, limit: 10 });

    expect(first).toMatchObject({ n: 25, productTotal: 25 });
    expect(second).toMatchObject({ n: 25, total: 25, more: true });
    expect(last).toMatchObject({ n: 25, total: 25, more: false });
    expect([first, second, last].flatMap(({ products }) => ids(products))).toEqual(range(1, 25));
    expect((await beto.snapshot()).products).toEqual([first, second, last].flatMap(({ products }) => products));
  });

  it('is one answer when it is small', async () => {
    await add(10);

    expect('productTotal' in (await begin(await server.connect(), 10))).toBe(false);
  });

  it('is one answer, whatever its size, for an older client', async () => {
    await add(LIMITS.productsPage + 1);
    const { products, ...rest } = await (await server.connect()).snapshot();

    expect(products).toHaveLength(LIMITS.productsPage + 1);
    expect('productTotal' in rest).toBe(false);
  });

  it('has no answer that is much larger than a slow line carries in a moment', async () => {
    await add(60, LIMITS.description);
    for (let count = 0; count < 60; count++) await ana.do('chat:send', { text: '🐟'.repeat(LIMITS.text / 2) });
    const beto = await server.connect();

    const first = await begin(beto, LIMITS.productsPage);
    const second = await page(beto, { after: first.products.at(-1)!.id });
    const history = await beto.ask('chat:history', { before: first.messages[0]!.n, limit: LIMITS.historyPage });
    const missed = await beto.ask('feed:join', {
      cursor: { journal: first.journal, n: 0 },
      pages: true,
      firstProducts: 10,
    });

    const few = LIMITS.pageBytes + 10_000;
    for (const answer of [first, second, history, missed]) expect(bytes(answer)).toBeLessThan(few);
    expect(first).toMatchObject({ more: true, productTotal: 60 });
    expect(history).toMatchObject({ ok: true, data: { more: true } });
    expect(missed).toMatchObject({ ok: true, data: { mode: 'resumed', more: true } });
  });

  it('is packed for those who say so: the same, in less', async () => {
    await add(300, 20);
    const packed = await ask(ana, { after: 0, packed: true });

    expect('deflated' in packed && packed.deflated.byteLength).toBeLessThan(30_000);
    expect(await page(ana, { after: 0, packed: true })).toMatchObject({ n: 300, total: 300, more: false });
    expect((await page(ana, { after: 0, packed: true })).products).toEqual((await ana.snapshot()).products);
  });

  it('has a product of any size in a page of its own', async () => {
    await add(3, LIMITS.description);

    expect(ids((await page(ana, { after: 1, limit: 1 })).products)).toEqual([2]);
  });

  it('is as of the record that it names, which everybody has heard before the answer', async () => {
    await add(5);
    await ana.do('product:change', { product: 2, base: 2, fields: { price: 9 } });
    await ana.do('product:remove', { product: 3 });
    const answer = await page(ana, { after: 1 });

    expect(answer).toMatchObject({ n: 7, total: 4, more: false });
    expect(ids(answer.products)).toEqual([2, 4, 5]);
    expect(answer.products[0]).toMatchObject({ n: 6, price: 9 });
    expect(ana.received.at(-1)?.n).toBe(7);
  });

  it.each([
    {},
    { after: -1 },
    { after: 1, limit: 0 },
    { after: 1, limit: LIMITS.productsPage + 1 },
    { after: 'x' },
    { after: 1, packed: 1 },
  ])('refuses a page of %j', async (payload) => {
    expect(await ana.raw('products:page', payload)).toMatchObject({ ok: false, error: { code: 'INVALID' } });
  });
});
