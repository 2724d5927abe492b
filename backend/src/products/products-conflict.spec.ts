import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LIMITS, type Product } from '../contract/index.js';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';

describe('a product that two people change at the same time', () => {
  let server: TestServer;
  let ana: Client;
  let beto: Client;
  /** As both saw it. */
  let seen: Product;
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
    beto = await server.join('beto@acme.com');
    seen = (await ana.do('product:add', { title: 'Taza', price: 3, stock: 5 })).product;
  });
  afterEach(() => server.end());

  const change = (client: Client, fields: object, base = seen.n) =>
    client.do('product:change', { product: seen.id, base, fields });
  const conflict = async (name: 'product:change' | 'product:remove' | 'stock:move', client: Client, more: object) => {
    const before = (await client.snapshot()).n;
    const error = await client.refused(name, { product: seen.id, ...more });
    expect(error).toMatchObject({ code: 'CONFLICT', retry: false });
    expect((await client.snapshot()).n).toBe(before);
    return error.fields;
  };
  const now = async () => (await ana.snapshot()).products[0];

  it('gets both changes when they are to different fields', async () => {
    await change(ana, { title: 'Taza grande' });
    await change(beto, { price: 4 });

    expect(await now()).toMatchObject({ title: 'Taza grande', price: 4 });
  });

  it('keeps the first value of a field and sends the second person both values, their authors and instants', async () => {
    const { at } = await change(ana, { title: 'Taza grande', price: 4 });

    const fields = await conflict('product:change', beto, {
      base: seen.n,
      fields: { title: 'Tacita', description: 'nueva' },
    });

    expect(fields).toEqual([{ field: 'title', yours: 'Tacita', theirs: 'Taza grande', by: 'ana@acme.com', at }]);
    expect(await now()).toMatchObject({ title: 'Taza grande', price: 4, description: '' });
  });

  it('names every field that conflicts, each with who set it last', async () => {
    const first = await change(ana, { title: 'Taza grande' });
    const second = await change(beto, { price: 4 });

    expect(await conflict('product:change', ana, { base: seen.n, fields: { title: 'Tacita', price: 5 } })).toEqual([
      { field: 'title', yours: 'Tacita', theirs: 'Taza grande', by: 'ana@acme.com', at: first.at },
      { field: 'price', yours: 5, theirs: 4, by: 'beto@acme.com', at: second.at },
    ]);
  });

  it('has no conflict when both want the same value', async () => {
    await change(ana, { title: 'Tacita' });

    await change(beto, { title: 'Tacita' });

    expect(await now()).toMatchObject({ title: 'Tacita', by: 'beto@acme.com' });
  });

  it('has no conflict with what the sender had seen', async () => {
    const { n } = await change(ana, { title: 'Taza grande' });

    await change(beto, { title: 'Tacita' }, n);

    expect(await now()).toMatchObject({ title: 'Tacita' });
  });

  it('has a conflict after a restart as well', async () => {
    const { at } = await change(ana, { title: 'Taza grande' });
    await server.restart();
    beto = await server.join('beto@acme.com');

    expect(await conflict('product:change', beto, { base: seen.n, fields: { title: 'Tacita' } })).toEqual([
      { field: 'title', yours: 'Tacita', theirs: 'Taza grande', by: 'ana@acme.com', at },
    ]);
  });

  describe('when its author had not had the answers yet', () => {
    const ID = '3b241101-e2bb-4255-8caf-4136c566a962';
    const titled = (client: Client, title: string, more: object = {}) =>
      client.do('product:change', { product: seen.id, base: seen.n, fields: { title }, ...more });
    const fields = { title: 'Tacita' };

    it('has no conflict with those of one’s own commands that one names', async () => {
      await Promise.all([titled(ana, 'Taza grande', { id: ID }), titled(ana, 'Tacita', { baseCommands: [ID] })]);

      expect(await now()).toMatchObject({ title: 'Tacita' });
    });

    it('has one with those that one does not name: another device may have sent them', async () => {
      await titled(ana, 'Taza grande', { id: ID });

      await conflict('product:change', ana, { base: seen.n, fields });
    });

    it('has one with what somebody else has set since', async () => {
      await titled(ana, 'Taza grande', { id: ID });
      const { n } = await change(ana, { price: 9 });
      await titled(beto, 'De beto', { base: n });

      await conflict('product:change', ana, { base: seen.n, fields, baseCommands: [ID] });
    });

    it('has one with somebody else’s commands, named or not', async () => {
      await titled(ana, 'Taza grande', { id: ID });

      await conflict('product:change', beto, { base: seen.n, fields, baseCommands: [ID] });
    });

    it('is removed over the changes that one names, also when they are older than a restart', async () => {
      await titled(ana, 'Taza grande', { id: ID });
      await conflict('product:remove', ana, { base: seen.n });
      await server.restart();
      ana = await server.join('ana@acme.com');

      await ana.do('product:remove', { product: seen.id, base: seen.n, baseCommands: [ID] });

      expect((await ana.snapshot()).products).toEqual([]);
    });

    it.each([['one'], ['3b241101'], [[7]], [[ID, 'x']], [Array(LIMITS.baseCommands + 1).fill(ID)], [null]])(
      'names ids, so many at most: not %j',
      async (baseCommands) => {
        const answer = await ana.raw('product:change', { ...command(fields), baseCommands });

        expect(answer).toMatchObject({
          error: { code: 'INVALID', fields: [{ field: 'baseCommands', rule: 'isCommandIds' }] },
        });
      },
    );
  });

  it('decides between two changes of one field in the same batch', async () => {
    const answers = await Promise.all(
      [ana, beto].map((client, index) => client.raw('product:change', command({ title: `versión ${index}` }))),
    );

    expect(answers.filter((answer) => (answer as { ok: boolean }).ok)).toHaveLength(1);
    expect(answers).toContainEqual({ ok: false, error: expect.objectContaining({ code: 'CONFLICT' }) });
  });

  it('is not removed by somebody who has not seen its change', async () => {
    const { at } = await change(ana, { title: 'Taza grande' });

    expect(await conflict('product:remove', beto, { base: seen.n })).toEqual([
      { field: 'title', yours: null, theirs: 'Taza grande', by: 'ana@acme.com', at },
    ]);
  });

  it('is not removed by somebody who has not seen that pieces came', async () => {
    const { at } = await ana.do('stock:move', { product: seen.id, delta: 7 });
    await change(ana, { price: 4 });

    expect(await conflict('product:remove', beto, { base: seen.n })).toContainEqual({
      field: 'stock',
      yours: null,
      theirs: 12,
      by: 'ana@acme.com',
      at,
    });
  });

  it('is removed by somebody who has seen it as it is, or does not mind', async () => {
    const { n } = await change(ana, { title: 'Taza grande' });
    await beto.do('product:remove', { product: seen.id, base: n });
    const other = await ana.do('product:add', { title: 'Plato', price: 5 });
    await ana.do('product:change', { product: other.n, base: other.n, fields: { price: 6 } });
    await beto.do('product:remove', { product: other.n });

    expect((await ana.snapshot()).products).toEqual([]);
  });

  it('is not changed any more when it was removed meanwhile', async () => {
    await ana.do('product:remove', { product: seen.id });

    const error = await beto.refused('product:change', { product: seen.id, base: seen.n, fields: { price: 4 } });

    expect(error.code).toBe('NOT_FOUND');
  });

  it('adds up the pieces that several people move', async () => {
    await Promise.all([ana, beto, ana, beto].map((client) => client.do('stock:move', { product: seen.id, delta: 2 })));

    expect(await now()).toMatchObject({ stock: 13 });
  });

  it('refuses to take too many pieces with the number that there are, and who moved them last', async () => {
    const { at } = await ana.do('stock:move', { product: seen.id, delta: -3 });
    await beto.do('product:change', { product: seen.id, base: seen.n, fields: { title: 'Tacita' } });

    expect(await conflict('stock:move', beto, { delta: -3 })).toEqual([
      { field: 'stock', yours: -3, theirs: 2, by: 'ana@acme.com', at, product: seen.id },
    ]);
  });

  it('never has more pieces than can be counted', async () => {
    expect(await conflict('stock:move', beto, { delta: LIMITS.stock })).toEqual([
      { field: 'stock', yours: LIMITS.stock, theirs: 5, by: 'ana@acme.com', at: seen.at, product: seen.id },
    ]);
  });

  it('never has fewer pieces than none, while fifty movements come at once', async () => {
    const { product } = await ana.do('product:add', { title: 'Última', price: 1, stock: 20 });
    const takers = await Promise.all(Array.from({ length: 10 }, (_, index) => server.connect(`t${index}@acme.com`)));

    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        takers[index % 10]!.do('stock:move', { product: product.id, delta: -1 }).then(
          ({ stock }) => stock,
          () => 'refused',
        ),
      ),
    );

    expect(answers.filter((answer) => answer === 'refused')).toHaveLength(30);
    const left = answers.filter((answer) => answer !== 'refused').toSorted((a, b) => Number(b) - Number(a));
    expect(left).toEqual(Array.from({ length: 20 }, (_, index) => 19 - index));
    expect((await ana.snapshot()).products[1]).toMatchObject({ stock: 0 });
  });

  function command(fields: object) {
    return { id: crypto.randomUUID(), product: seen.id, base: seen.n, fields };
  }
});
