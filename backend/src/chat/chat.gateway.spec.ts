import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';

describe('the chat', () => {
  let server: TestServer;
  let ana: Client;
  let beto: Client;
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('Ana@Acme.com');
    beto = await server.join('beto@acme.com');
  });
  afterEach(() => server.end());

  it('acknowledges a message with its number and instant, and shows it to the others', async () => {
    const id = randomUUID();

    const answer = await ana.ask('chat:send', { id, text: 'hola' });

    expect(answer).toEqual({ ok: true, data: { n: 1, at: expect.any(String) } });
    const at = answer.ok && answer.data.at;
    expect(await beto.waitForRecord(1)).toEqual({
      n: 1,
      at,
      id,
      by: 'ana@acme.com',
      type: 'message-posted',
      text: 'hola',
    });
    expect(new Date(String(at)).toISOString()).toBe(at);
  });

  it('knows the author by the session and refuses a payload that names another', async () => {
    const error = await ana.refused('chat:send', { text: 'soy Beto', by: 'beto@acme.com' });

    expect(error).toMatchObject({ code: 'INVALID', retry: false, fields: [{ field: 'by' }] });
    expect(await hasOnlyRecordsUpTo(beto)).toBe(true);
  });

  it('shows an edit of one’s own message to the others, and the message keeps its place', async () => {
    const { n } = await ana.do('chat:send', { text: 'ohla' });
    await beto.do('chat:send', { text: '¿cómo?' });

    const edit = await ana.do('chat:edit', { message: n, text: 'hola' });

    expect(await beto.waitForRecord(edit.n)).toMatchObject({ type: 'message-edited', message: n, text: 'hola' });
    const { messages } = await beto.snapshot();
    expect(messages.map(({ text }) => text)).toEqual(['hola', '¿cómo?']);
    expect(messages[0]).toMatchObject({ n, editedAt: edit.at });
  });

  it('shows a deletion of one’s own message to the others, and nobody gets its text any more', async () => {
    const { n } = await ana.do('chat:send', { text: 'la clave es 1234' });

    const deletion = await ana.do('chat:delete', { message: n });

    expect(await beto.waitForRecord(deletion.n)).toMatchObject({ type: 'message-deleted', message: n });
    const { messages } = await beto.snapshot();
    expect(messages).toEqual([expect.objectContaining({ n, text: '', deletedAt: deletion.at })]);
  });

  it('shows to the others who has understood a message, in order', async () => {
    const carla = await server.join('carla@acme.com');
    const { n } = await ana.do('chat:send', { text: 'hoy cerramos a las 6' });

    const agreement = await carla.do('chat:agree', { message: n });
    await beto.do('chat:agree', { message: n });

    expect(agreement).toEqual({ n: n + 1, at: expect.any(String) });
    const record = { ...agreement, id: expect.any(String), by: 'carla@acme.com', type: 'message-agreed', message: n };
    expect(await ana.waitForRecord(agreement.n)).toEqual(record);
    expect(await beto.waitForRecord(agreement.n)).toEqual(record);
    const { messages } = await ana.snapshot();
    expect(messages).toEqual([expect.objectContaining({ n, agreed: ['carla@acme.com', 'beto@acme.com'] })]);
  });

  it('chat:agree refuses one’s own message without notifying anyone', async () => {
    const { n } = await ana.do('chat:send', { text: 'de Ana' });

    const error = await ana.refused('chat:agree', { message: n });

    expect(error).toEqual({ code: 'FORBIDDEN', message: expect.any(String), retry: false });
    expect(await hasOnlyRecordsUpTo(beto, n)).toBe(true);
  });

  it('chat:agree refuses who has already agreed, also after an edit, without notifying anyone', async () => {
    const { n } = await ana.do('chat:send', { text: 'ohla' });
    await beto.do('chat:agree', { message: n });
    const edit = await ana.do('chat:edit', { message: n, text: 'hola' });

    const error = await beto.refused('chat:agree', { message: n });

    expect(error).toEqual({ code: 'CONFLICT', message: expect.any(String), retry: false });
    expect(await hasOnlyRecordsUpTo(ana, edit.n)).toBe(true);
  });

  it('stores one of two agreements of one member that are sent at once, and one of another’s', async () => {
    const carla = await server.join('carla@acme.com');
    const { n } = await ana.do('chat:send', { text: 'hola' });

    const answers = await Promise.all(
      [beto, beto, carla].map((client) => client.ask('chat:agree', { id: randomUUID(), message: n })),
    );

    expect(answers).toMatchObject([{ ok: true }, { ok: false, error: { code: 'CONFLICT' } }, { ok: true }]);
    expect(await hasOnlyRecordsUpTo(ana, n + 2)).toBe(true);
  });

  it('chat:agree does not find what is no message or was deleted, and notifies nobody', async () => {
    const product = await ana.do('product:add', { title: 'Taza', price: 3 });
    const { n } = await ana.do('chat:send', { text: 'hola' });
    const deletion = await ana.do('chat:delete', { message: n });

    for (const message of [product.n, n, deletion.n, deletion.n + 1]) {
      expect((await beto.refused('chat:agree', { message })).code).toBe('NOT_FOUND');
    }
    expect(await hasOnlyRecordsUpTo(ana, deletion.n)).toBe(true);
  });

  it.each([
    ['chat:edit', { text: 'lo dijo Beto' }],
    ['chat:delete', {}],
  ] as const)('%s refuses somebody else’s message without notifying anyone', async (name, more) => {
    const { n } = await ana.do('chat:send', { text: 'de Ana' });
    await beto.waitForRecord(n);

    expect(await beto.refused(name, { message: n, ...more })).toMatchObject({ code: 'FORBIDDEN', retry: false });

    expect((await beto.snapshot()).messages).toEqual([expect.objectContaining({ n, text: 'de Ana' })]);
    expect(await hasOnlyRecordsUpTo(ana, n)).toBe(true);
  });

  it.each([
    ['chat:edit', { text: 'x' }],
    ['chat:delete', {}],
  ] as const)('%s does not find a number that is no message', async (name, more) => {
    const { n } = await ana.do('product:add', { title: 'Taza', price: 3 });

    expect((await ana.refused(name, { message: n, ...more })).code).toBe('NOT_FOUND');
    expect((await ana.refused(name, { message: n + 1, ...more })).code).toBe('NOT_FOUND');
    expect(await hasOnlyRecordsUpTo(beto, n)).toBe(true);
  });

  it.each([
    ['chat:edit', { text: 'x' }],
    ['chat:delete', {}],
  ] as const)('%s does not find a message that was deleted', async (name, more) => {
    const { n } = await ana.do('chat:send', { text: 'hola' });
    const deletion = await ana.do('chat:delete', { message: n });

    expect((await ana.refused(name, { message: n, ...more })).code).toBe('NOT_FOUND');
    expect(await hasOnlyRecordsUpTo(beto, deletion.n)).toBe(true);
  });

  it('stores one of two deletions that are sent at once', async () => {
    const { n } = await ana.do('chat:send', { text: 'hola' });

    const answers = await Promise.all([1, 2].map(() => ana.ask('chat:delete', { id: randomUUID(), message: n })));

    expect(answers).toEqual([
      { ok: true, data: { n: n + 1, at: expect.any(String) } },
      { ok: false, error: expect.objectContaining({ code: 'NOT_FOUND' }) },
    ]);
    expect(await hasOnlyRecordsUpTo(beto, n + 1)).toBe(true);
  });

  it('stores the edits of one sender in the order in which they were sent', async () => {
    const { n } = await ana.do('chat:send', { text: 'cero' });
    await Promise.all(['uno', 'dos', 'tres'].map((text) => ana.do('chat:edit', { message: n, text })));

    await beto.waitForRecord(n + 3);
    expect(beto.received.slice(1)).toMatchObject([{ text: 'uno' }, { text: 'dos' }, { text: 'tres' }]);
  });

  it('notifies the others, and not the sender, that somebody types', async () => {
    // Volatile: it would pass by a connection to which something is being sent.
    await beto.waitForMembers('ana@acme.com', 'beto@acme.com');
    await beto.roundTrip();

    expect(await ana.ask('chat:typing', {})).toEqual({ ok: true, data: null });

    await beto.roundTrip();
    await ana.roundTrip();
    expect(beto.typing).toEqual(['ana@acme.com']);
    expect(ana.typing).toEqual([]);
  });

  it('does not notify clients outside the feed that somebody types, and stores nothing', async () => {
    const visitor = await server.connect();

    await ana.ask('chat:typing', {});

    await visitor.roundTrip();
    expect(visitor.typing).toEqual([]);
    expect((await visitor.snapshot()).n).toBe(0);
  });

  it.each([
    ['chat:send', { id: randomUUID(), text: 'hola' }],
    ['chat:edit', { id: randomUUID(), message: 1, text: 'adiós' }],
    ['chat:delete', { id: randomUUID(), message: 1 }],
    ['chat:agree', { id: randomUUID(), message: 1 }],
    ['chat:pin', { id: randomUUID(), message: 1, pinned: true }],
    ['chat:typing', {}],
  ] as const)('%s refuses a visitor without notifying anyone', async (name, payload) => {
    await ana.do('chat:send', { text: 'hola' });
    const visitor = await server.join();

    expect(await visitor.raw(name, payload)).toEqual({
      ok: false,
      error: { code: 'UNIDENTIFIED', message: expect.any(String), retry: false },
    });
    expect(await hasOnlyRecordsUpTo(beto, 1)).toBe(true);
    expect(beto.typing).toEqual([]);
  });

  it('lets a visitor read', async () => {
    await ana.do('chat:send', { text: 'hola' });
    const visitor = await server.join();

    const page = await visitor.ask('chat:history', { before: 2, limit: 1 });

    expect(page).toMatchObject({ ok: true, data: { messages: [{ text: 'hola' }], more: false } });
  });
});

/** Whether a client has received the records up to `n`, and none after it. */
async function hasOnlyRecordsUpTo(client: Client, n = 0): Promise<boolean> {
  await client.roundTrip();
  return client.received.every((record) => record.n <= n) && client.received.length === n;
}
