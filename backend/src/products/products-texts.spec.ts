import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';
import { FileRecordStore } from '../journal/file/file-record-store.js';

let server: TestServer;
let ana: Client;
let beto: Client;
beforeEach(async () => {
  server = await TestServer.start();
  ana = await server.join('ana@acme.com');
  beto = await server.join('beto@acme.com');
});
afterEach(() => server.end());

describe('the texts of a product', () => {
  it.each(['title', 'code', 'category'])(
    'are names: nothing in them may control lines or direction: %s',
    async (field) => {
      for (const character of ['\0', '\n', '\t', '\u202e', '\u2068', '\u200f', '\ud83d']) {
        const refused = await ana.refused('product:add', { title: 'Taza', price: 1, [field]: `a${character}b` });
        expect(refused).toMatchObject({ code: 'INVALID', fields: [{ field, rule: 'isStoredLine' }] });
      }
      await beto.roundTrip();
      expect(beto.received).toEqual([]);
    },
  );

  it('have line breaks in the description, and no control characters there or in a note', async () => {
    const { product } = await ana.do('product:add', { title: 'Taza', price: 1, description: 'a\r\nb\u202e', stock: 2 });
    expect(product.description).toBe('a\nb');
    const move = { product: product.id, delta: 1, note: 'a\u001bb' };
    expect(await ana.refused('stock:move', move)).toMatchObject({ fields: [{ field: 'note', rule: 'isStoredText' }] });
  });

  it('are compared as they are stored: no second product gets a code by a character that nobody sees', async () => {
    await ana.do('product:add', { title: 'Taza', price: 1, code: 'CAFÉ' });
    const twin = { title: 'Otra', price: 1, code: 'CAFE\u0301\u200b' };
    expect(await ana.refused('product:add', twin)).toMatchObject({ code: 'CONFLICT', fields: [{ field: 'code' }] });
  });
});

it('a command that an earlier version stored as it was typed is recognised when it comes again', async () => {
  const [send, add] = [randomUUID(), randomUUID()];
  const text = 'cafe\u0301\u200b\r\n';
  const fields = { title: 'Te\u0301', price: 1, thumbnail: '', description: '', code: '', category: '' };
  await server.restart(async () => {
    const store = new FileRecordStore({ folder: server.folder, clock: () => new Date().toISOString() });
    await store.recover(() => undefined, []);
    const head = { at: new Date().toISOString(), by: 'ana@acme.com' };
    await store.append(
      [
        { ...head, n: 1, id: send, type: 'message-posted', text },
        { ...head, n: 2, id: add, type: 'product-added', fields, stock: 0 },
      ],
      store.last,
    );
    await store.close();
  });
  const again = await server.join('ana@acme.com');

  expect(await again.ask('chat:send', { id: send, text })).toMatchObject({ ok: true, data: { n: 1 } });
  expect(await again.ask('product:add', { id: add, title: 'Te\u0301', price: 1 })).toMatchObject({ data: { n: 2 } });
  expect((await again.snapshot()).messages).toMatchObject([{ text }]);
});
