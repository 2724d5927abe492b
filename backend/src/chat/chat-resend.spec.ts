import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';

/** A command whose answer was lost is sent again with the same id, perhaps over another connection. */
describe('a chat command sent twice', () => {
  let server: TestServer;
  let ana: Client;
  let beto: Client;
  const id = randomUUID();
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
    beto = await server.join('beto@acme.com');
  });
  afterEach(() => server.end());

  it('gets the same answer over another connection, and is stored and broadcast once', async () => {
    const first = await ana.ask('chat:send', { id, text: 'hola' });
    const other = await server.connect('ana@acme.com');

    expect(await other.ask('chat:send', { id, text: 'hola' })).toEqual(first);

    await beto.roundTrip();
    expect(beto.received).toHaveLength(1);
    expect((await beto.snapshot()).messages).toHaveLength(1);
  });

  it('gets the same answer after a restart, and is stored once', async () => {
    const first = await ana.ask('chat:send', { id, text: 'hola' });
    await server.restart();
    const again = await server.join('ana@acme.com');

    expect(await again.ask('chat:send', { id, text: 'hola' })).toEqual(first);

    expect(again.received).toEqual([]);
    expect((await again.snapshot()).n).toBe(1);
  });

  it('gets the same answer when both copies are in flight', async () => {
    const other = await server.connect('ana@acme.com');

    const answers = await Promise.all(
      [ana, other, ana, other].map((client) => client.ask('chat:send', { id, text: 'hola' })),
    );

    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ ok: true, data: { n: 1 } });
    await beto.roundTrip();
    expect(beto.received).toHaveLength(1);
  });

  it('is refused with ID_REUSED when the text is another', async () => {
    await ana.do('chat:send', { id, text: 'hola' });

    const error = await ana.refused('chat:send', { id, text: 'adiós' });

    expect(error).toMatchObject({ code: 'ID_REUSED', retry: false });
    await beto.roundTrip();
    expect(beto.received).toHaveLength(1);
  });

  it('is refused with ID_REUSED when the text is another and the first is still in flight', async () => {
    const answers = await Promise.all(['hola', 'adiós'].map((text) => ana.ask('chat:send', { id, text })));

    expect(answers).toMatchObject([{ ok: true }, { ok: false, error: { code: 'ID_REUSED' } }]);
  });

  it('is refused with ID_REUSED when the id belongs to a command of another kind', async () => {
    const { n } = await ana.do('chat:send', { id, text: 'hola' });

    expect((await ana.refused('chat:delete', { id, message: n })).code).toBe('ID_REUSED');
    expect((await ana.refused('product:add', { id, title: 'Taza', price: 3 })).code).toBe('ID_REUSED');
  });

  it('is another command when another member sends it', async () => {
    const first = await ana.do('chat:send', { id, text: 'hola' });
    const second = await beto.do('chat:send', { id, text: 'hola' });

    expect(second.n).toBe(first.n + 1);
    expect((await beto.snapshot()).messages.map(({ by }) => by)).toEqual(['ana@acme.com', 'beto@acme.com']);
  });

  it('may be sent again after it was refused, and succeeds when the reason no longer exists', async () => {
    expect((await ana.refused('chat:edit', { id, message: 1, text: 'hola' })).code).toBe('NOT_FOUND');
    await ana.do('chat:send', { text: 'ohla' });

    expect((await ana.do('chat:edit', { id, message: 1, text: 'hola' })).n).toBe(2);
  });

  it('edits once: sent again after a later edit it does not undo that', async () => {
    const { n } = await ana.do('chat:send', { text: 'uno' });
    const first = await ana.do('chat:edit', { id, message: n, text: 'dos' });
    await ana.do('chat:edit', { message: n, text: 'tres' });

    expect(await ana.do('chat:edit', { id, message: n, text: 'dos' })).toEqual(first);

    expect((await beto.snapshot()).messages).toMatchObject([{ text: 'tres' }]);
  });

  it('edits once: sent again after the deletion it gets its first answer', async () => {
    const { n } = await ana.do('chat:send', { text: 'uno' });
    const edit = await ana.do('chat:edit', { id, message: n, text: 'dos' });
    await ana.do('chat:delete', { message: n });

    expect(await ana.do('chat:edit', { id, message: n, text: 'dos' })).toEqual(edit);
  });

  it('deletes once', async () => {
    const { n } = await ana.do('chat:send', { text: 'uno' });
    const deletion = await ana.do('chat:delete', { id, message: n });

    expect(await ana.do('chat:delete', { id, message: n })).toEqual(deletion);
    await beto.roundTrip();
    expect(beto.received).toHaveLength(2);
  });

  it('agrees once', async () => {
    const { n } = await ana.do('chat:send', { text: 'uno' });
    const agreement = await beto.do('chat:agree', { id, message: n });

    expect(await beto.do('chat:agree', { id, message: n })).toEqual(agreement);
    await ana.roundTrip();
    expect(ana.received).toHaveLength(2);
  });

  it('agrees once: sent again after a restart and the deletion it gets its first answer', async () => {
    const { n } = await ana.do('chat:send', { text: 'uno' });
    const agreement = await beto.do('chat:agree', { id, message: n });
    await ana.do('chat:delete', { message: n });
    await server.restart();

    expect(await (await server.join('beto@acme.com')).do('chat:agree', { id, message: n })).toEqual(agreement);
  });

  it.each(['', 'hola', '00000000-0000-0000-0000-00000000000g', 5, null, undefined])(
    'needs an id that is a UUID, and not %j',
    async (wrong) => {
      expect(await ana.refused('chat:send', { id: wrong, text: 'hola' })).toMatchObject({
        code: 'INVALID',
        fields: [{ field: 'id' }],
      });
    },
  );
});
