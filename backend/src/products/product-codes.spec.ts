import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import type { Client } from '../../test/client.js';
import { headerLine, recordLine } from '../../test/journal/lines.js';
import { TestServer } from '../../test/server.js';
import type { JournalRecord } from '../contract/index.js';

const TAKEN = {
  code: 'CONFLICT',
  message: 'Another product has that code.',
  retry: false,
  fields: [{ field: 'code', rule: 'isUnique' }],
};

let server: TestServer;
let ana: Client;
beforeEach(async () => {
  server = await TestServer.start();
  ana = await server.join('ana@acme.com');
});
afterEach(() => server.end());

const add = async (code: string) => (await ana.do('product:add', { title: 'Taza', price: 3, code })).product;
const refusedAdd = (code: string) => ana.refused('product:add', { title: 'Otra', price: 3, code });

describe('the code of a product', () => {
  it.each([
    ['the same', 'CAL-1', 'CAL-1'],
    ['in the other case', 'Ñandú', 'ñANDÚ'],
    ['with its accents written apart', 'caf\u00e9', 'cafe\u0301'],
    ['with blanks around it', 'CAL', ' CAL '],
  ])('belongs to one product: %s', async (_, code, again) => {
    await add(code);
    expect(await refusedAdd(again)).toEqual(TAKEN);
  });

  it('may be empty for as many as want', async () => {
    await add('');
    await expect(add('')).resolves.toMatchObject({ code: '' });
    await expect(add('  ')).resolves.toMatchObject({ code: '  ' });
    await expect(add('  ')).resolves.toMatchObject({ code: '  ' });
  });

  it('is decided in order: of many who want it at once one gets it', async () => {
    const tries = await Promise.all(
      Array.from({ length: 20 }, () =>
        ana.ask('product:add', { id: randomUUID(), title: 'Taza', price: 1, code: 'T' }),
      ),
    );
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('cannot be changed to that of another, may be written differently, and is free when it was changed', async () => {
    const one = await add('UNO');
    const two = await add('DOS');
    const change = { product: two.id, base: two.n };

    expect(await ana.refused('product:change', { ...change, fields: { code: 'uno', title: 'Vaso' } })).toEqual(TAKEN);
    await ana.do('product:change', { ...change, fields: { code: 'dos' } });
    await ana.do('product:change', { product: one.id, base: one.n, fields: { code: 'TRES' } });
    await add('UNO');
  });

  it('is free while its product is removed, which cannot come back to a code that is taken', async () => {
    const gone = await add('UNO');
    await ana.do('product:remove', { product: gone.id });
    const { id } = await add('uno');

    expect(await ana.refused('product:restore', { product: gone.id })).toEqual(TAKEN);
    await ana.do('product:remove', { product: id });
    await ana.do('product:restore', { product: gone.id });
    expect(await refusedAdd('UNO')).toEqual(TAKEN);
  });

  it('is known after a restart, with a checkpoint and without', async () => {
    await add('UNO');
    const { cookie } = ana;
    await server.restart();
    ana = await server.tab(cookie);
    expect(await refusedAdd('uno')).toEqual(TAKEN);
    await server.restart(() => rm(server.path('journal.checkpoint'), { force: true }));
    ana = await server.tab(cookie);
    expect(await refusedAdd('uno')).toEqual(TAKEN);
  });
});

it('may be shared in a journal of an earlier version, which opens and says so', async () => {
  const at = '2026-01-01T00:00:00.000Z';
  const product = (n: number, code: string): JournalRecord => {
    const fields = { title: `Taza ${n}`, price: 1, thumbnail: '', description: '', code, category: '' };
    return { n, at, by: 'ana@acme.com', id: randomUUID(), type: 'product-added', fields, stock: 5 };
  };
  const records = [product(1, 'T'), product(2, 't'), product(3, 'U')];
  await server.restart(() =>
    writeFile(
      server.path('journal.jsonl'),
      headerLine(randomUUID(), at) + records.map((record) => recordLine(record, 0)).join(''),
    ),
  );
  ana = await server.join('ana@acme.com');

  expect(server.log.lines.join('\n')).toContain('Products 1, 2 have the same code.');
  expect(await refusedAdd('T')).toEqual(TAKEN);
  // One of them is written differently, and the other gets another code.
  await ana.do('product:change', { product: 1, base: 1, fields: { code: 'T ' } });
  await ana.do('product:change', { product: 2, base: 2, fields: { code: 'T-2' } });
  expect(await ana.refused('product:change', { product: 2, base: 5, fields: { code: 't' } })).toEqual(TAKEN);
});
