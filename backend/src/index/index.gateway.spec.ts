import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';
import { type Data, LIMITS } from '../contract/index.js';

const INVALID = { ok: false, error: { code: 'INVALID' } };

let server: TestServer;
let ana: Client;
let beto: Client;
beforeEach(async () => {
  server = await TestServer.start();
  [ana, beto] = [await server.join('ana@acme.com'), await server.join('beto@acme.com')];
});
afterEach(() => server.end());

const sent = (client: Client, text: string) => client.do('chat:send', { text });
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

  it('has what is said about it, as it is now, and what that moved', async () => {
    const { id } = await calculator();
    const { n: sale } = await sent(beto, '#cal -3 rotura');
    const { n: wrong } = await sent(beto, 'nada');
    await beto.do('chat:edit', { message: wrong, text: 'la #CAL' });
    await ana.do('chat:agree', { message: wrong });
    const { n: gone } = await sent(beto, '#CAL +1');
    await beto.do('chat:delete', { message: gone });

    const { entries } = await ana.query('product:timeline', { product: id, limit: 10 });
    expect(entries.map(({ n }) => n)).toEqual([gone, wrong, sale, 1]);
    expect(entries[0]).not.toHaveProperty('message');
    expect(entries[0]!.changes).toMatchObject([{ type: 'stock-moved', delta: 1, stock: 13 }]);
    expect(entries[1]).toMatchObject({ message: { text: 'la #CAL', agreed: ['ana@acme.com'] } });
    expect(entries[2]).toMatchObject({ message: { text: '#cal -3 rotura' }, changes: [{ delta: -3, note: 'rotura' }] });
  });

  it('comes in pages, of messages or changes alone, too', async () => {
    const { id: product } = await calculator();
    for (const text of ['#CAL -1', '#CAL', '#CAL +1']) await sent(ana, text);
    const numbers = async (more: object) => {
      const page = await ana.query('product:timeline', { product, limit: 2, ...more });
      return [page.entries.map(({ n }) => n), page.more];
    };
    expect(await numbers({})).toEqual([[4, 3], true]);
    expect(await numbers({ before: 3 })).toEqual([[2, 1], false]);
    expect(await numbers({ after: 3 })).toEqual([[4], false]);
    expect(await numbers({ only: 'messages' })).toEqual([[4, 3], true]);
    expect(await numbers({ only: 'changes', before: 4 })).toEqual([[2, 1], false]);
  });
});

describe('products as they were', () => {
  it('are those right after a record, in the order asked for', async () => {
    const { id: product } = await calculator();
    const { n: said } = await sent(beto, '#CAL -3');
    const { n: changed } = await ana.do('product:change', { product, base: 2, fields: { price: 329.9 } });
    const { n: removed } = await ana.do('product:remove', { product });

    const of = [removed, changed, said, 1, 900].map((n) => ({ product, n }));
    const { products } = await ana.query('product:then', { of });
    expect(products.map((then) => then && [then.price, then.stock, then.n])).toEqual([
      null,
      [329.9, 12, changed],
      [345.67, 12, said],
      [345.67, 15, 1],
      null,
    ]);
  });
});

describe('what a member has not read about products', () => {
  it('is the number of messages of others, without those that were deleted', async () => {
    const { id: product } = await calculator();
    for (const client of [ana, beto, beto]) await sent(client, '#CAL');
    const { n: gone } = await sent(beto, '#CAL');
    await beto.do('chat:delete', { message: gone });

    const unread = async (client: Client, after: number) => (await client.query('product:unread', { after })).products;
    expect(await unread(ana, 0)).toEqual([{ product, messages: 2 }]);
    expect(await unread(beto, 0)).toEqual([{ product, messages: 1 }]);
    expect(await unread(ana, 3)).toEqual([{ product, messages: 1 }]);
    expect(await unread(ana, 4)).toEqual([]);
  });

  it('is asked for by members only', async () => {
    const visitor = await server.connect();
    const answer = await visitor.ask('product:unread', { after: 0 });
    expect(answer).toMatchObject({ ok: false, error: { code: 'UNIDENTIFIED' } });
  });
});

describe('a question', () => {
  it('that says too little, too much or something else is not valid', async () => {
    const one = { product: 1, n: 1 };
    const questions: [string, object][] = [
      ['product:timeline', {}],
      ['product:timeline', { product: '1', limit: 1 }],
      ['product:timeline', { product: 1, limit: LIMITS.timelinePage + 1 }],
      ['product:timeline', { product: 1, limit: 1, only: 'all' }],
      ['product:timeline', { product: 1, limit: 1, after: -1 }],
      ['product:then', { of: 1 }],
      ['product:then', { of: [{ product: 1 }] }],
      ['product:then', { of: [null] }],
      ['product:then', { of: Array.from({ length: LIMITS.productsThen + 1 }, () => one) }],
      ['product:unread', {}],
      ['product:unread', { after: 1.5 }],
    ];
    for (const [name, payload] of questions)
      expect([name, payload, await ana.raw(name, payload)]).toMatchObject([name, payload, INVALID]);
  });
});
