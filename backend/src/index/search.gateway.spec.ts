import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';
import { LIMITS, type Product, type SearchHit } from '../contract/index.js';

let server: TestServer;
let ana: Client;
let beto: Client;
let product: Product;
beforeEach(async () => {
  server = await TestServer.start();
  [ana, beto] = [await server.join('ana@acme.com'), await server.join('beto@acme.com')];
  const fields = { title: 'Calculadora científica', price: 345.67, code: 'CAL-1', stock: 15 };
  ({ product } = await ana.do('product:add', fields));
});
afterEach(() => server.end());

const sent = async (client: Client, text: string) => (await client.do('chat:send', { text })).n;
const outline = ({ kind, n }: SearchHit) => `${kind} ${n}`;
const found = async (query: string, client = ana) =>
  (await client.query('search', { query, limit: 50 })).hits.map(outline);

describe('a search', () => {
  it('finds messages and products by the beginnings of words, whatever the accents and the case, newest first', async () => {
    const truck = await sent(beto, 'El CAMIÓN llega mañana');
    const other = await sent(ana, 'el camion de la calculadora');
    await sent(ana, 'nada');
    const visitor = await server.connect();

    expect(await found('camiON')).toEqual([`message ${other}`, `message ${truck}`]);
    expect(await found('calc')).toEqual([`message ${other}`, 'product 1']);
    expect(await found('cientifica cal-1', visitor)).toEqual(['product 1']);
    expect(await found('"llega mañana"')).toEqual([`message ${truck}`]);
    expect(await found('"mañana llega"')).toEqual([]);
  });

  it('finds what is so now: after an edit the new words, after a deletion none, and a renamed product', async () => {
    const message = await sent(ana, 'mesa verde');
    const gone = await sent(ana, 'mesa roja');
    await ana.do('chat:edit', { message, text: 'mesa azul' });
    await ana.do('chat:delete', { message: gone });
    await ana.do('product:change', { product: 1, base: 1, fields: { title: 'Mesa azul' } });

    expect(await found('mesa')).toEqual(['product 6', `message ${message}`]);
    expect(await found('verde')).toEqual([]);
    expect(await found('roja')).toEqual([]);
    expect(await found('cientifica')).toEqual([]);
  });

  it('finds moves by their reasons, and a removed product by its removal', async () => {
    await beto.do('stock:move', { product: product.id, delta: -2, note: 'rotura en el transporte' });
    const sale = await sent(beto, '#cal-1 -3 rotura');
    await beto.do('product:remove', { product: product.id });

    expect(await found('rotu')).toEqual([`message ${sale}`, 'change 2']);
    const { hits } = await ana.query('search', { query: 'calculadora', limit: 50 });
    expect(hits).toMatchObject([{ kind: 'change', change: { type: 'product-removed' }, title: product.title }]);
  });

  it('is limited by operators, in both languages', async () => {
    const [byAna, byBeto] = [await sent(ana, 'sobre #CAL-1'), await sent(beto, 'otra cosa de ana')];
    await beto.do('product:change', { product: 1, base: 1, fields: { price: 1 } });

    expect(await found('de:ana')).toEqual([`message ${byAna}`, 'change 1']);
    expect(await found('from:beto@acme.com type:message')).toEqual([`message ${byBeto}`]);
    expect(await found('de:nadie')).toEqual([]);
    expect(await found('sobre:#cal-1')).toEqual(['product 4', 'change 4', `message ${byAna}`, 'change 1']);
    expect(await found('about:CAL-1 tipo:mensaje')).toEqual([`message ${byAna}`]);
    expect(await found('sobre:#nada')).toEqual([]);
    expect(await found('tipo:precio')).toEqual(['change 4']);
    expect(await found('tipo:precio calculadora')).toEqual(['change 4']);
    expect(await found('tipo:alta')).toEqual(['change 1']);
    expect(await found('tipo:producto')).toEqual(['product 4']);
    expect(await found('tipo:mensaje desde:2020-01-01')).toEqual([`message ${byBeto}`, `message ${byAna}`]);
    expect(await found('antes:2020-01-01')).toEqual([]);
  });

  it('comes in pages that end between two records', async () => {
    const numbers: number[] = [];
    for (const word of ['uno', 'dos', 'tres']) numbers.push(await sent(ana, `calculadora ${word}`));
    const page = async (more: object) => {
      const { hits, more: isMore } = await ana.query('search', { query: 'calculadora', limit: 2, ...more });
      return [hits.map(outline), isMore];
    };
    expect(await page({})).toEqual([[`message ${numbers[2]}`, `message ${numbers[1]}`], true]);
    expect(await page({ before: numbers[1] })).toEqual([[`message ${numbers[0]}`, 'product 1'], false]);
  });

  it('with an operator that cannot be read is refused, and says by which rule', async () => {
    for (const [query, rule] of [
      ['antes:ayer', 'isDate'],
      ['tipo:nada', 'isKind'],
      ['de:', 'isNotEmpty'],
    ]) {
      const answer = await ana.ask('search', { query: query!, limit: 1 });
      expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID', fields: [{ field: 'query', rule }] } });
    }
  });

  it('has its dates in the zone of who asks, or in that of the server', async () => {
    // The tests run in Madrid.
    const today = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Madrid' });
    expect(await found(`desde:${today} tipo:alta`)).toEqual(['change 1']);
  });

  it('that is none is not valid', async () => {
    for (const payload of [
      { limit: 1 },
      { query: 1, limit: 1 },
      { query: 'x'.repeat(LIMITS.query + 1), limit: 1 },
      { query: 'x', limit: LIMITS.searchPage + 1 },
      { query: 'x', limit: 1, zone: 'Marte/Base' },
    ])
      expect(await ana.raw('search', payload)).toMatchObject({ ok: false, error: { code: 'INVALID' } });
  });
});
