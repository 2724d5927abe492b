import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';

let server: TestServer;
let ana: Client;
let beto: Client;
beforeEach(async () => {
  server = await TestServer.start();
  [ana, beto] = [await server.join('ana@acme.com'), await server.join('beto@acme.com')];
  for (const title of ['Mesa', 'Silla', 'Lámpara']) await ana.do('product:add', { title, price: 10, stock: 5 });
});
afterEach(() => server.end());

const [mesa, silla, lampara] = [1, 2, 3];
const sent = async (client: Client, text: string) => (await client.do('chat:send', { text })).n;
const since = (client: Client, n: number) => client.query('catch-up', { from: { n } });

describe('who comes back', () => {
  it('learns what is new, gone and different, net, and what others said, mentions apart', async () => {
    const { product: nueva } = await beto.do('product:add', { title: 'Nueva', price: 1 });
    await beto.do('product:remove', { product: silla });
    await beto.do('product:change', { product: mesa, base: 1, fields: { price: 12 } });
    await beto.do('stock:move', { product: mesa, delta: -2 });
    await beto.do('stock:move', { product: lampara, delta: -2 });
    await beto.do('stock:move', { product: lampara, delta: 2 });
    const [named, plain] = [await sent(beto, 'mira, @ana'), await sent(beto, 'hola')];
    await sent(ana, 'yo misma, @ana');
    const gone = await sent(beto, '@ana, nada');
    await beto.do('chat:delete', { message: gone });

    const answer = await since(ana, 3);
    expect(answer).toMatchObject({ n: 14, from: { n: 3 }, to: { n: 14 } });
    expect(answer.added).toEqual([nueva]);
    expect(answer.removed).toMatchObject([{ id: silla, title: 'Silla' }]);
    expect(answer.changed).toMatchObject([
      { then: { id: mesa, price: 10, stock: 5 }, now: { id: mesa, price: 12, stock: 3 } },
    ]);
    expect(answer.mentions.map(({ n }) => n)).toEqual([named]);
    expect(answer.messages.map(({ n }) => n)).toEqual([plain]);
    expect(answer.totals).toEqual({ added: 1, removed: 1, changed: 1, mentions: 1, messages: 1 });
  });

  it('learns nothing of what came and went again meanwhile', async () => {
    await beto.do('product:remove', { product: mesa });
    await beto.do('product:restore', { product: mesa });
    const { n } = await beto.do('product:add', { title: 'Breve', price: 1 });
    await beto.do('product:remove', { product: n });

    const { totals } = await since(ana, 3);
    expect(totals).toEqual({ added: 0, removed: 0, changed: 0, mentions: 0, messages: 0 });
  });

  it('may be a visitor, whom nobody can mention', async () => {
    await sent(ana, '@ana @beto');
    const { totals } = await since(await server.connect(), 3);
    expect(totals).toMatchObject({ mentions: 0, messages: 1 });
  });

  it('may ask for the time between two instants', async () => {
    const until = await sent(beto, 'antes');
    const { at } = (await ana.waitForRecord(until)) as { at: string };
    // Instants have milliseconds: the next record is later for certain.
    while (new Date().toISOString() === at);
    await sent(beto, 'después');

    const answer = await ana.query('catch-up', { from: { at: '2000-01-01T00:00:00Z' }, to: { at } });
    expect(answer).toMatchObject({ from: { n: 0, at: '' }, to: { n: until, at } });
    expect(answer.messages.map(({ text }) => text)).toEqual(['antes']);
    expect(answer.added.map(({ title }) => title)).toEqual(['Lámpara', 'Silla', 'Mesa']);
  });
});

describe('the board of the past', () => {
  it('is as it was, in pages', async () => {
    await beto.do('product:remove', { product: silla });
    await beto.do('product:change', { product: mesa, base: 1, fields: { title: 'Mesa azul' } });

    const first = await ana.query('board:at', { at: { n: 3 }, after: 0, limit: 2 });
    expect(first).toMatchObject({ n: 5, place: { n: 3 }, total: 3, more: true });
    expect(first.products).toMatchObject([{ title: 'Mesa', n: 1 }, { title: 'Silla' }]);
    const rest = await (await server.connect()).query('board:at', { at: { n: 3 }, after: silla, limit: 2 });
    expect(rest).toMatchObject({ total: 3, more: false, products: [{ title: 'Lámpara' }] });
    const now = await ana.query('board:at', { at: { n: 900 }, after: 0, limit: 9 });
    expect(now).toMatchObject({ place: { n: 5 }, total: 2, products: [{ title: 'Mesa azul' }, { title: 'Lámpara' }] });
    const empty = await ana.query('board:at', { at: { n: 0 }, after: 0, limit: 9 });
    expect(empty).toMatchObject({ place: { n: 0, at: '' }, total: 0, products: [], more: false });
  });
});

describe('a moment', () => {
  it('is a number or an instant, and nothing else', async () => {
    const moments = [
      null,
      1,
      {},
      { n: -1 },
      { n: '1' },
      { at: 'ayer' },
      { at: '2026-02-01' },
      { at: '2026-13-01T00:00:00Z' },
      { n: 1, at: '2026-01-01T00:00:00Z' },
    ];
    for (const at of moments) {
      const invalid = { ok: false, error: { code: 'INVALID' } };
      expect([at, await ana.raw('catch-up', { from: at })]).toMatchObject([at, invalid]);
      expect([at, await ana.raw('catch-up', { from: { n: 1 }, to: at })]).toMatchObject([at, invalid]);
      expect([at, await ana.raw('board:at', { at, after: 0, limit: 1 })]).toMatchObject([at, invalid]);
    }
  });
});
