import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdir, writeFile } from 'node:fs/promises';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';
import { type Follow, LIMITS, type Product } from '../contract/index.js';

let server: TestServer;
let ana: Client;
let beto: Client;
let te: Product;
let mesa: Product;
beforeEach(async () => {
  server = await TestServer.start();
  ana = await server.join('ana@acme.com');
  beto = await server.join('beto@acme.com');
  te = (await beto.do('product:add', { title: 'Té', price: 3, code: 'TE', category: 'Bebidas', stock: 10 })).product;
  mesa = (await beto.do('product:add', { title: 'Mesa', price: 80, code: 'MESA', stock: 4 })).product;
});
afterEach(() => server.end());

const follow = (rule: Follow, client = ana) => client.query('follow:set', { follow: rule });
const move = (delta: number, client = beto) => client.do('stock:move', { product: te.id, delta });
/** What an alert says in short. */
const said = ({ kind, product, then, now }: Client['alerts'][number]) =>
  then === undefined ? [kind, product] : [kind, product, then, now];
/** Everything that a client has been alerted of. */
async function alertsOf(client: Client): Promise<unknown[]> {
  await client.roundTrip();
  return client.alerts.map(said);
}

describe('who follows a product', () => {
  it('is alerted once when fewer are left than said, and again only after there were enough', async () => {
    await follow({ on: { product: te.id }, stockBelow: 5 });

    for (const delta of [-5, -1, -1, 2, -2]) await move(delta);

    expect(await alertsOf(ana)).toEqual([
      ['stock', te.id, 5, 4],
      ['stock', te.id, 5, 3],
    ]);
    expect(ana.alerts[0]).toMatchObject({ by: 'beto@acme.com', title: 'Té', n: expect.any(Number) });
    expect(await alertsOf(beto)).toEqual([]);
  });

  it('is alerted of a move that a message makes, and of the message', async () => {
    await follow({ on: { product: te.id }, stockBelow: 5, mentions: true });

    await beto.do('chat:send', { text: '#TE -6 rotura' });

    expect(await alertsOf(ana)).toEqual([
      ['stock', te.id, 10, 4],
      ['mention', te.id],
    ]);
  });

  it('is alerted of each other price, not of other changes', async () => {
    await follow({ on: { product: te.id }, price: true });

    const { n } = await beto.do('product:change', { product: te.id, base: te.n, fields: { price: 4 } });
    await beto.do('product:change', { product: te.id, base: n, fields: { title: 'Té verde', price: 4 } });
    await move(-10);

    expect(await alertsOf(ana)).toEqual([['price', te.id, 3, 4]]);
  });

  it('is alerted of messages about it, not of those about others', async () => {
    await follow({ on: { product: te.id }, mentions: true });

    await beto.do('chat:send', { text: 'la #MESA' });
    await beto.do('chat:send', { text: '¿queda #te?' });

    expect(await alertsOf(ana)).toEqual([['mention', te.id]]);
  });

  it('hears nothing of what that member did', async () => {
    await follow({ on: { product: te.id }, stockBelow: 5, price: true, mentions: true });

    await ana.do('product:change', { product: te.id, base: te.n, fields: { price: 4 } });
    await ana.do('chat:send', { text: '#TE -8' });
    await beto.roundTrip();

    expect(await alertsOf(ana)).toEqual([]);
  });

  it('is alerted after the record is in the feed', async () => {
    await follow({ on: { product: te.id }, price: true });
    const order: string[] = [];
    ana.socket.on('feed', () => order.push('feed'));
    ana.socket.on('alert', () => order.push('alert'));

    await beto.do('product:change', { product: te.id, base: te.n, fields: { price: 4 } });
    await ana.roundTrip();

    expect(order).toEqual(['feed', 'alert']);
  });
});

describe('who follows a category', () => {
  it('is alerted of every product that is in it then, however it is written, once', async () => {
    await follow({ on: { category: ' BEBIDAS' }, price: true });
    await follow({ on: { product: te.id }, price: true });

    const moved = await beto.do('product:change', {
      product: mesa.id,
      base: mesa.n,
      fields: { category: 'bebidas', price: 70 },
    });
    await beto.do('product:change', { product: te.id, base: te.n, fields: { price: 4 } });
    await beto.do('product:change', { product: mesa.id, base: moved.n, fields: { category: '', price: 60 } });

    expect(await alertsOf(ana)).toEqual([
      ['price', mesa.id, 80, 70],
      ['price', te.id, 3, 4],
    ]);
  });
});

describe('the rules of a member', () => {
  it('are told to the other devices, are in the answer to who joins, and go away when nothing is asked for', async () => {
    const phone = await server.tab(ana.cookie);
    const heard: unknown[] = [];
    for (const client of [phone, ana, beto]) client.socket.on('follows', ({ follows }) => heard.push(follows));
    const [first, second]: Follow[] = [
      { on: { product: te.id }, stockBelow: 5 },
      { on: { category: 'Bebidas' }, price: true },
    ];

    await follow(first!);
    expect(await follow(second!)).toEqual({ follows: [first, second] });
    expect((await phone.join(null)).follows).toEqual([first, second]);
    await follow({ on: { product: te.id }, price: false });

    for (const client of [phone, ana, beto]) await client.roundTrip();
    expect(heard).toEqual([[first], [first, second], [second]]);
    await move(-9);
    expect(await alertsOf(ana)).toEqual([]);
    expect(await beto.join(null)).not.toHaveProperty('follows');
  });

  it('are not a visitor’s, nor anything but rules, on what there is or was', async () => {
    const visitor = await server.connect();
    const on = { product: te.id };
    expect(await visitor.raw('follow:set', { follow: { on } })).toMatchObject({ error: { code: 'UNIDENTIFIED' } });
    expect(await visitor.raw('alerts:seen', { n: 1 })).toMatchObject({ error: { code: 'UNIDENTIFIED' } });
    expect(await visitor.join(null)).not.toHaveProperty('alerts');
    expect(await ana.raw('follow:set', { follow: { on: { product: 999 } } })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
    await beto.do('product:remove', { product: mesa.id });
    await follow({ on: { product: mesa.id }, price: true });
    const bad: unknown[] = [
      null,
      {},
      { on: {} },
      { on: null, price: true },
      { on: { product: '1' } },
      { on: { category: ' ' } },
      { on: { category: 'x'.repeat(LIMITS.category + 1) } },
      { on: { product: te.id, category: 'Bebidas' } },
      { on, stockBelow: 0 },
      { on, stockBelow: 1.5 },
      { on, stockBelow: null },
      { on, price: 1 },
      { on, mentions: 'yes' },
      { on, other: true },
    ];
    for (const rule of bad)
      expect([rule, await ana.raw('follow:set', { follow: rule })]).toMatchObject([
        rule,
        { error: { code: 'INVALID' } },
      ]);
    for (const payload of [{}, { n: 0 }, { n: '1' }])
      expect(await ana.raw('alerts:seen', payload)).toMatchObject({ error: { code: 'INVALID' } });
  });

  it('are so many at most', async () => {
    const nth = (number: number): Follow => ({ on: { category: `c ${number}` }, price: true });
    for (let number = 0; number < LIMITS.follows; number++) await follow(nth(number));

    expect(await ana.ask('follow:set', { follow: nth(LIMITS.follows) })).toMatchObject({
      error: { code: 'INVALID', fields: [{ field: 'follow', rule: 'maxFollows' }] },
    });
    expect((await follow({ ...nth(0), mentions: true })).follows).toHaveLength(LIMITS.follows);
  });
});

describe('alerts that nobody has seen', () => {
  it('wait for the member, the newest so many, until one device has seen them', async () => {
    await follow({ on: { product: te.id }, price: true });
    const phone = await server.tab(ana.cookie);
    const seen: number[] = [];
    for (const client of [ana, phone]) client.socket.on('alerts-seen', ({ n }) => seen.push(n));
    let base = te.n;
    for (let price = 10; price < 10 + LIMITS.alerts + 2; price++)
      base = (await beto.do('product:change', { product: te.id, base, fields: { price } })).n;

    const { alerts = [] } = await phone.join(null);
    expect([alerts.length, alerts[0]?.now, alerts.at(-1)?.n]).toEqual([LIMITS.alerts, 12, base]);
    expect(await phone.ask('alerts:seen', { n: base - 1 })).toEqual({ ok: true, data: null });
    expect(await phone.ask('alerts:seen', { n: base - 1 })).toEqual({ ok: true, data: null });

    expect((await ana.join(null)).alerts).toMatchObject([{ n: base }]);
    await phone.roundTrip();
    expect(seen).toEqual([base - 1]);
  });

  it('are there after a restart, which repeats none and forgets no rule', async () => {
    await follow({ on: { product: te.id }, stockBelow: 5 });
    await move(-6);
    await ana.roundTrip();
    const [before] = ana.alerts;
    const cookies = [ana.cookie, beto.cookie];

    await server.restart();

    const [phone, other] = [await server.tab(cookies[0]), await server.tab(cookies[1])];
    expect((await phone.join(null)).alerts).toEqual([before]);
    await move(-1, other);
    expect(await alertsOf(phone)).toEqual([]);
    for (const delta of [5, -5]) await move(delta, other);
    expect(await alertsOf(phone)).toEqual([['stock', te.id, 8, 3]]);
  });
});

describe('the file of what people follow', () => {
  it.each<[string, (stored: object) => string]>([
    ['of another journal', (stored) => JSON.stringify({ ...stored, journal: 'another' })],
    ['cut off', (stored) => JSON.stringify(stored).slice(0, -10)],
    ['without rules', (stored) => JSON.stringify({ ...stored, follows: { 'ana@acme.com': [{ on: 5 }] } })],
    ['without alerts', (stored) => JSON.stringify({ ...stored, alerts: { 'ana@acme.com': {} } })],
  ])('is put aside when it is %s, and a new one begins', async (_, change) => {
    await follow({ on: { product: te.id }, price: true });
    const { cookie } = ana;
    await server.restart(async () => {
      const stored = JSON.parse(await server.read('follows.json')) as object;
      await writeFile(server.path('follows.json'), change(stored));
    });

    const phone = await server.tab(cookie);
    expect(await phone.join(null)).not.toHaveProperty('follows');
    expect((await readdir(server.folder)).filter((name) => name.startsWith('follows.json.'))).toHaveLength(1);
    expect((await follow({ on: { product: te.id }, price: true }, phone)).follows).toHaveLength(1);
  });
});
