import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { rm } from 'node:fs/promises';
import { LIMITS, type Message } from '../contract/index.js';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';

describe('the history of the chat', () => {
  let server: TestServer;
  let ana: Client;
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
  });
  afterEach(() => server.end());

  it('comes in pages, oldest first, and says whether there is more', async () => {
    await say(ana, 5);

    expect(await page(ana, 6, 2)).toMatchObject({
      messages: [
        { n: 4, text: '4' },
        { n: 5, text: '5' },
      ],
      more: true,
    });
    expect(await page(ana, 4, 2)).toMatchObject({ messages: [{ n: 2 }, { n: 3 }], more: true });
    expect(await page(ana, 2, 2)).toMatchObject({ messages: [{ n: 1 }], more: false });
    expect(await page(ana, 1, 2)).toEqual({ messages: [], more: false });
  });

  it('says that there is no more when the page ends exactly at the first message', async () => {
    await say(ana, 4);

    expect(await page(ana, 5, 4)).toMatchObject({ messages: [{ n: 1 }, {}, {}, { n: 4 }], more: false });
  });

  it('passes over what is not a message', async () => {
    await ana.do('chat:send', { text: 'antes' });
    const { n } = await ana.do('product:add', { title: 'Taza', price: 3 });
    await ana.do('stock:move', { product: n, delta: 3 });
    await ana.do('chat:send', { text: 'después' });

    const { messages } = await page(ana, 100, 10);

    expect(messages.map(({ text }) => text)).toEqual(['antes', 'después']);
  });

  it('shows edits and deletions in the page of the message that they change, however late they came', async () => {
    await say(ana, 3);
    await ana.do('chat:edit', { message: 1, text: 'primera versión' });
    const edit = await ana.do('chat:edit', { message: 1, text: 'segunda versión' });
    await ana.do('chat:edit', { message: 2, text: 'se va' });
    const deletion = await ana.do('chat:delete', { message: 2 });

    const { messages } = await page(ana, 3, 2);

    expect(messages).toEqual([
      {
        n: 1,
        at: expect.any(String),
        by: 'ana@acme.com',
        command: expect.any(String),
        text: 'segunda versión',
        editedAt: edit.at,
      },
      expect.objectContaining({ n: 2, text: '', deletedAt: deletion.at }),
    ]);
  });

  it('shows who agreed in the page of the message, however late they came', async () => {
    const beto = await server.join('beto@acme.com');
    const carla = await server.join('carla@acme.com');
    await say(ana, 3);
    await carla.do('chat:agree', { message: 1 });
    await ana.do('chat:edit', { message: 1, text: 'corregido' });
    await beto.do('chat:agree', { message: 1 });
    await beto.do('chat:agree', { message: 3 });

    const { messages } = await page(ana, 4, 3);

    expect(messages).toEqual([
      expect.objectContaining({ n: 1, text: 'corregido', agreed: ['carla@acme.com', 'beto@acme.com'] }),
      expect.not.objectContaining({ agreed: expect.anything() }),
      expect.objectContaining({ n: 3, agreed: ['beto@acme.com'] }),
    ]);
  });

  it.each(['with its checkpoint', 'without it'])('still knows who agreed after a restart %s', async (how) => {
    const beto = await server.join('beto@acme.com');
    await say(ana, LIMITS.snapshotMessages + 1);
    await beto.do('chat:agree', { message: 1 });
    const { messages } = await page(ana, 2, 1);

    await server.restart(() => (how === 'without it' ? rm(server.path('journal.checkpoint')) : Promise.resolve()));

    const again = await server.join('beto@acme.com');
    expect((await page(again, 2, 1)).messages).toEqual(messages);
    expect(messages).toMatchObject([{ n: 1, agreed: ['beto@acme.com'] }]);
    expect((await again.refused('chat:agree', { message: 1 })).code).toBe('CONFLICT');
  });

  it('says of every message the same as a fresh snapshot, before and after a restart', async () => {
    await say(ana, LIMITS.snapshotMessages);
    await ana.do('chat:edit', { message: 7, text: 'corregido' });
    await ana.do('chat:edit', { message: 9, text: 'se va' });
    await (await server.join('carla@acme.com')).do('chat:agree', { message: 9 });
    await ana.do('chat:delete', { message: 9 });
    await (await server.join('beto@acme.com')).do('chat:agree', { message: 7 });
    const { messages } = await ana.snapshot();

    expect((await page(ana, 1_000, 200)).messages).toEqual(messages);

    await server.restart();
    const beto = await server.join('beto@acme.com');
    expect((await beto.snapshot()).messages).toEqual(messages);
    expect((await page(beto, 1_000, 200)).messages).toEqual(messages);
  });

  it('begins with the newest messages in the snapshot, and the pages continue it without gap or double', async () => {
    const total = 4 * LIMITS.snapshotMessages + 30;
    await say(ana, total);

    const { messages, more } = await ana.snapshot();
    expect(messages).toHaveLength(LIMITS.snapshotMessages);
    expect(more).toBe(true);

    const whole: Message[] = [...messages];
    for (let left = more; left;) {
      const older = await page(ana, whole[0]!.n, 60);
      whole.unshift(...older.messages);
      left = older.more;
    }
    expect(whole.map(({ n }) => n)).toEqual(Array.from({ length: total }, (_, index) => index + 1));
  });

  it('answers with an edit of a message that no snapshot shows any more', async () => {
    await say(ana, 5 * LIMITS.snapshotMessages);
    await ana.do('chat:edit', { message: 1, text: 'desde el principio' });

    expect(await page(ana, 2, 1)).toMatchObject({ messages: [{ n: 1, text: 'desde el principio' }], more: false });
    const { messages } = await ana.snapshot();
    expect(messages.at(-1)).toMatchObject({ n: 5 * LIMITS.snapshotMessages });
  });

  it.each([
    ['limit', { before: 1, limit: LIMITS.historyPage + 1 }],
    ['limit', { before: 1, limit: 0 }],
    ['limit', { before: 1, limit: 1.5 }],
    ['limit', { before: 1 }],
    ['before', { before: 0, limit: 1 }],
    ['before', { before: '7', limit: 1 }],
    ['before', { before: 2 ** 53, limit: 1 }],
    ['before', { before: null, limit: 1 }],
  ])('refuses a page with a wrong %s: %j', async (field, request) => {
    const error = await ana.refused('chat:history', request);

    expect(error).toMatchObject({ code: 'INVALID', retry: false });
    expect(new Set(error.fields?.map((broken) => broken.field))).toEqual(new Set([field]));
  });

  it('returns as many messages as the largest page may have', async () => {
    await say(ana, LIMITS.historyPage + 1);

    const { messages, more } = await page(ana, 1_000, LIMITS.historyPage);

    expect(messages).toHaveLength(LIMITS.historyPage);
    expect(more).toBe(true);
  });
});

/** Posts messages with the texts 1, 2, 3, …, in that order. */
async function say(client: Client, count: number): Promise<void> {
  const texts = Array.from({ length: count }, (_, index) => String(index + 1));
  await Promise.all(texts.map((text) => client.do('chat:send', { text })));
}

async function page(client: Client, before: number, limit: number) {
  const answer = await client.ask('chat:history', { before, limit });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.data;
}
