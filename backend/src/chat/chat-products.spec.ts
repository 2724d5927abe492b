import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';
import { LIMITS, type Product } from '../contract/index.js';

let server: TestServer;
let ana: Client;
let beto: Client;
let cal: Product;
let mesa: Product;
beforeEach(async () => {
  server = await TestServer.start();
  ana = await server.join('ana@acme.com');
  beto = await server.join('beto@acme.com');
  cal = (await ana.do('product:add', { title: 'Calculadora', price: 345.67, code: 'CAL', stock: 15 })).product;
  mesa = (await ana.do('product:add', { title: 'Mesa', price: 80, code: 'MESA', stock: 4 })).product;
});
afterEach(() => server.end());

const newest = async () => (await beto.snapshot()).messages.at(-1);
const stocks = async () => (await beto.snapshot()).products.map(({ stock }) => stock);

describe('a message about products', () => {
  it('names them in its record, in the order of the text, and stays as it was when a code changes', async () => {
    await ana.do('chat:send', { text: 'La #mesa junto a la #CAL, y otra #mesa; #NADA' });
    await ana.do('product:change', { product: cal.id, base: cal.n, fields: { code: 'CALC' } });

    expect(await newest()).toMatchObject({ about: [mesa.id, cal.id] });
    await ana.do('chat:send', { text: '#CAL' });
    expect(await newest()).not.toHaveProperty('about');
  });

  it('may be told what it is about besides', async () => {
    await ana.do('chat:send', { text: '¿Cuánto cuesta? Como la #CAL', about: [mesa.id] });
    expect(await newest()).toMatchObject({ about: [cal.id, mesa.id] });
  });

  it('may be about a product that was removed, not about one that never was', async () => {
    await ana.do('product:remove', { product: mesa.id });
    await ana.do('chat:send', { text: '#MESA ya no hay', about: [mesa.id] });
    expect(await newest()).toMatchObject({ about: [mesa.id] });
    expect(await ana.refused('chat:send', { text: 'hola', about: [999] })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is about other products when it is edited, and about none when it is deleted', async () => {
    const { n } = await ana.do('chat:send', { text: '#CAL' });
    await ana.do('chat:edit', { message: n, text: 'mejor la #MESA' });
    expect(await newest()).toMatchObject({ about: [mesa.id] });
    await ana.do('chat:edit', { message: n, text: 'nada' });
    expect(await newest()).not.toHaveProperty('about');
    await ana.do('chat:edit', { message: n, text: 'nada', about: [cal.id] });
    expect(await newest()).toMatchObject({ about: [cal.id] });
    await ana.do('chat:delete', { message: n });
    expect(await newest()).not.toHaveProperty('about');
  });

  it.each([[[0]], [['1']], [[1.5]], [1], [null], [Array.from({ length: LIMITS.about + 1 }, (_, index) => index + 1)]])(
    'refuses %j as what it is about',
    async (about) => {
      const answer = await ana.raw('chat:send', { id: randomUUID(), text: 'hola', about });
      expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID' } });
    },
  );

  it('is answered alike when it is sent again, though codes have changed', async () => {
    const id = randomUUID();
    const first = await ana.do('chat:send', { id, text: '#CAL -3 rotura' });
    await ana.do('product:change', { product: cal.id, base: cal.n, fields: { code: 'X' } });

    expect(await ana.do('chat:send', { id, text: '#CAL -3 rotura' })).toEqual(first);
    expect(await stocks()).toEqual([12, 4]);
  });
});

describe('a message that moves stock', () => {
  it('is one record, with the move as stock:move has it', async () => {
    const { n } = await ana.do('chat:send', { text: '#CAL -3 rotura\nse cayeron' });

    const record = await beto.waitForRecord(n);
    expect(record).toMatchObject({
      type: 'message-posted',
      moves: [{ product: cal.id, delta: -3, stock: 12, note: 'rotura' }],
      about: [cal.id],
      text: '#CAL -3 rotura\nse cayeron',
    });
    const [product] = (await beto.snapshot()).products;
    expect(product).toMatchObject({ stock: 12, n, by: 'ana@acme.com', command: record.id });
    expect(await newest()).toMatchObject({ n, moves: [{ stock: 12 }] });
  });

  it('moves several, all or none', async () => {
    await ana.do('chat:send', { text: '#CAL +40\n#MESA =25 recuento\n#cal -5 venta' });
    expect(await stocks()).toEqual([50, 25]);

    const refused = await ana.refused('chat:send', { text: '#MESA -5\n#CAL -51' });
    expect(refused).toMatchObject({ code: 'CONFLICT', retry: false });
    expect(refused.fields).toEqual([
      { field: 'stock', yours: -51, theirs: 50, by: 'ana@acme.com', at: expect.any(String), product: cal.id },
    ]);
    expect(await stocks()).toEqual([50, 25]);
    expect((await beto.snapshot()).messages).toHaveLength(1);
  });

  it('counts earlier lines of the same message', async () => {
    const refused = await ana.refused('chat:send', { text: '#CAL -10\n#CAL -6' });
    expect(refused.fields).toMatchObject([{ yours: -6, theirs: 5 }]);
    expect(await ana.refused('chat:send', { text: '#CAL =1000000001' })).toMatchObject({ code: 'CONFLICT' });
    expect(await stocks()).toEqual([15, 4]);
  });

  it('is refused where one of the codes is no product’s, and text where none is', async () => {
    expect(await ana.refused('chat:send', { text: '#CAL -1\n#NADA -1' })).toMatchObject({ code: 'NOT_FOUND' });
    await ana.do('chat:send', { text: '#NADA -1' });
    expect(await newest()).not.toHaveProperty('moves');
    expect(await stocks()).toEqual([15, 4]);
  });

  it('sees what was moved right before it, in the same batch', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2
          ? ana.ask('chat:send', { id: randomUUID(), text: '#CAL -1' })
          : beto.ask('stock:move', { id: randomUUID(), product: cal.id, delta: -1 }),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(15);
    expect(await stocks()).toEqual([0, 4]);
  });

  it('moves nothing when it is edited or deleted, and what it moved stays', async () => {
    const { n } = await ana.do('chat:send', { text: '#CAL -3' });
    await ana.do('chat:edit', { message: n, text: '#CAL -5' });
    expect(await stocks()).toEqual([12, 4]);
    await ana.do('chat:delete', { message: n });
    expect(await stocks()).toEqual([12, 4]);
    expect(await newest()).toMatchObject({ moves: [{ delta: -3 }] });
  });

  it('conflicts like any move with what others do to the product', async () => {
    const { n } = await ana.do('chat:send', { text: '#CAL -3' });
    const removed = await beto.refused('product:remove', { product: cal.id, base: cal.n });
    expect(removed.fields).toMatchObject([{ field: 'stock', theirs: 12, by: 'ana@acme.com' }]);
    await beto.do('product:remove', { product: cal.id, base: n });
  });

  it('is in the history of the product, each move of it, newest first', async () => {
    const { n } = await ana.do('chat:send', { text: '#CAL -3 rotura\n#MESA +1\n#CAL -2 venta' });
    const answer = await beto.ask('product:history', { product: cal.id, limit: 10 });
    expect(answer.ok && answer.data.records).toMatchObject([
      { n, type: 'stock-moved', product: cal.id, delta: -2, stock: 10, note: 'venta' },
      { n, type: 'stock-moved', product: cal.id, delta: -3, stock: 12, note: 'rotura' },
      { n: cal.n, type: 'product-added' },
    ]);
  });

  it('is in chat.txt with what it moved behind it, and in products.json', async () => {
    await ana.do('chat:send', { text: '#CAL -3 rotura\n#MESA =4' });
    await server.stop();
    expect(await server.read('chat.txt')).toMatch(/: #CAL -3 rotura ⏎ #MESA =4 ⇒ 15 → 12, 4 → 4\n$/);
    expect(JSON.parse(await server.read('products.json'))).toMatchObject([{ stock: 12 }, { stock: 4 }]);
  });

  it('has moved it after a restart, with a checkpoint and without', async () => {
    await ana.do('chat:send', { text: '#CAL -3' });
    await server.restart();
    beto = await server.join('beto@acme.com');
    expect(await stocks()).toEqual([12, 4]);
    await beto.do('chat:send', { text: '#CAL -2' });
    await server.restart(() => rm(server.path('journal.checkpoint'), { force: true }));
    beto = await server.join('beto@acme.com');
    expect(await stocks()).toEqual([10, 4]);
  });
});
