import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LIMITS } from '../contract/index.js';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';

const url = (length: number) => `https://acme.com/${'x'.repeat(length - 17)}`;

const picture = (rest: string, hash = '0123456789abcdef'.repeat(4)) => `/pictures/${hash}${rest}`;

/** What a field of a product may hold, to the last that is allowed. */
const ALLOWED = {
  title: ['x', 'x'.repeat(LIMITS.title), '<b>ñ</b>', '  con espacios  '],
  price: [0, 0.01, 0.1, 1.1, 19.99, 999_999_999.99, LIMITS.price],
  thumbnail: [
    '',
    'http://acme.com/a.png',
    'HTTPS://acme.com',
    'https://acme.com/ñ?a=1#b',
    url(LIMITS.thumbnail),
    picture('.jpg'),
    picture('.png'),
    picture('.webp'),
  ],
  description: ['', 'x'.repeat(LIMITS.description), 'dos\nlíneas'],
  code: ['', 'x'.repeat(LIMITS.code)],
  category: ['', 'x'.repeat(LIMITS.category)],
  lowStock: [1, LIMITS.lowStock],
};

/** What it may not, from the first that is not. JSON has no NaN: it arrives as null. */
const REFUSED = {
  title: ['', ' ', '\n', 'x'.repeat(LIMITS.title + 1), 5, null, ['x'], {}],
  price: [-0.01, 1e-7, 0.001, 0.1 + 0.2, LIMITS.price + 0.01, 1e12, NaN, Infinity, '5', '', null, [5], {}, true],
  thumbnail: [
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:image/png;base64,AAAA',
    'ftp://acme.com/a.png',
    '//acme.com/a.png',
    '/a.png',
    'a.png',
    picture('.svg'),
    picture('.png?'),
    picture('.png', 'a'.repeat(63)),
    picture('.png', 'A'.repeat(64)),
    `.${picture('.png')}`,
    `//acme.com${picture('.png')}`,
    '/pictures/../session-secret',
    'http://',
    'https:///',
    'blob:https://acme.com/1',
    url(LIMITS.thumbnail + 1),
    5,
    null,
  ],
  description: ['x'.repeat(LIMITS.description + 1), 5, null],
  code: ['x'.repeat(LIMITS.code + 1), 5, null],
  category: ['x'.repeat(LIMITS.category + 1), 5, null],
  lowStock: [-1, 0.5, LIMITS.lowStock + 1, '5', '', null, NaN, true],
};

type Field = keyof typeof REFUSED;
const cases = (values: Record<Field, unknown[]>) =>
  Object.entries(values).flatMap(([field, list]) => list.map((value) => ({ field, value, shown: brief(value) })));

describe('what a product may be', () => {
  let server: TestServer;
  let ana: Client;
  let beto: Client;
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
    beto = await server.join('beto@acme.com');
    await ana.do('product:add', { title: 'Taza', price: 3 });
  });
  afterEach(() => server.end());

  it.each(cases(ALLOWED))('takes the $field $shown, new and changed', async ({ field, value }) => {
    const { product } = await ana.do('product:add', { title: 'Plato', price: 3, [field]: value });
    expect(product).toMatchObject({ [field]: value });
    // A code is free again when its product is gone.
    await ana.do('product:remove', { product: product.id });

    await ana.do('product:change', { product: 1, base: 1, fields: { [field]: value } });
    expect((await beto.snapshot()).products[0]).toMatchObject({ [field]: value });
  });

  it.each(cases(REFUSED))(
    'refuses the $field $shown without notifying anyone, new and changed',
    async ({ field, value }) => {
      const added = await ana.refused('product:add', { title: 'Plato', price: 3, [field]: value });
      const valid = { title: 'Taza', price: 3 };
      const changed = await ana.refused('product:change', {
        product: 1,
        base: 1,
        fields: { ...valid, [field]: value },
      });

      expect(added).toMatchObject({ code: 'INVALID', retry: false });
      expect(named(added)).toEqual([field]);
      expect(changed).toMatchObject({ code: 'INVALID', retry: false });
      expect(named(changed)).toEqual([`fields.${field}`]);
      await beto.roundTrip();
      expect(beto.received).toHaveLength(1);
    },
  );

  it.each([-1, 0.5, LIMITS.stock + 1, '5', null, NaN])('refuses to begin with %j pieces', async (stock) => {
    expect(named(await ana.refused('product:add', { title: 'Plato', price: 3, stock }))).toEqual(['stock']);
  });

  it('begins with as many pieces as can be counted', async () => {
    const { product } = await ana.do('product:add', { title: 'Plato', price: 3, stock: LIMITS.stock });

    expect(product.stock).toBe(LIMITS.stock);
  });

  it('needs a title and a price', async () => {
    expect(named(await ana.refused('product:add', {}))).toEqual(['price', 'title']);
  });

  it('does not let the stock be set: it moves', async () => {
    const error = await ana.refused('product:change', { product: 1, base: 1, fields: { stock: 5 } });

    expect(error.code).toBe('INVALID');
    expect(named(error)).toContain('fields.stock');
  });

  it.each([
    ['fields', { product: 1, base: 1, fields: {} }],
    ['fields', { product: 1, base: 1, fields: [] }],
    ['fields', { product: 1, base: 1, fields: 'title' }],
    ['fields', { product: 1, base: 1, fields: null }],
    ['fields', { product: 1, base: 1 }],
    ['base', { product: 1, fields: { title: 'x' } }],
    ['base', { product: 1, base: 0, fields: { title: 'x' } }],
    ['product', { base: 1, fields: { title: 'x' } }],
    ['product', { product: '1', base: 1, fields: { title: 'x' } }],
    ['fields.by', { product: 1, base: 1, fields: { title: 'x', by: 'beto@acme.com' } }],
    ['fields.id', { product: 1, base: 1, fields: { title: 'x', id: 7 } }],
  ])('refuses a change with a wrong %s: %j', async (field, command) => {
    const error = await ana.refused('product:change', command);

    expect(error.code).toBe('INVALID');
    expect(named(error)).toEqual([field]);
  });

  it.each([
    ['product', {}],
    ['product', { product: 0 }],
    ['base', { product: 1, base: null }],
    ['base', { product: 1, base: 1.5 }],
  ])('refuses a removal with a wrong %s: %j', async (field, command) => {
    expect(named(await ana.refused('product:remove', command))).toEqual([field]);
  });

  it.each([
    ['delta', { product: 1 }],
    ['delta', { product: 1, delta: 0 }],
    ['delta', { product: 1, delta: 0.5 }],
    ['delta', { product: 1, delta: '3' }],
    ['delta', { product: 1, delta: LIMITS.stock + 1 }],
    ['delta', { product: 1, delta: -LIMITS.stock - 1 }],
    ['note', { product: 1, delta: 1, note: 'x'.repeat(LIMITS.note + 1) }],
    ['note', { product: 1, delta: 1, note: null }],
    ['stock', { product: 1, delta: 1, stock: 9 }],
  ])('refuses a movement with a wrong %s: %j', async (field, command) => {
    expect(named(await ana.refused('stock:move', command))).toEqual([field]);
  });

  it('takes a note as long as the limit says', async () => {
    const note = 'x'.repeat(LIMITS.note);

    const { n } = await ana.do('stock:move', { product: 1, delta: LIMITS.stock, note });

    expect(await beto.waitForRecord(n)).toMatchObject({ note, stock: LIMITS.stock });
  });
});

function named({ fields = [] }: { readonly fields?: readonly { readonly field: string }[] }): string[] {
  return [...new Set(fields.map(({ field }) => field))].toSorted();
}

function brief(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 20)}… (${text.length - 2})` : text;
}
