import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';
import { LIMITS } from '../contract/index.js';
import { formatInstant } from './transcript-line.js';

describe('a message that a member pins', () => {
  let server: TestServer;
  let ana: Client;
  let beto: Client;
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
    beto = await server.join('beto@acme.com');
    for (const text of ['uno', 'dos']) await ana.do('chat:send', { text });
  });
  afterEach(() => server.end());

  const pinned = async () => (await beto.snapshot()).pinned;

  it('stands on top for everybody, in place of the one before, until it is taken down', async () => {
    expect(await pinned()).toBeUndefined();
    const { n } = await beto.do('chat:pin', { message: 1, pinned: true });
    expect(await ana.waitForRecord(n)).toMatchObject({
      type: 'message-pinned',
      by: 'beto@acme.com',
      message: 1,
      pinned: true,
    });
    await ana.do('chat:pin', { message: 2, pinned: true });
    expect(await pinned()).toBe(2);
    await beto.do('chat:pin', { message: 2, pinned: false });
    expect(await pinned()).toBeUndefined();
  });

  it.each(['with', 'without'])('is still there after a restart %s a checkpoint, however old it is', async (how) => {
    await ana.do('chat:pin', { message: 1, pinned: true });
    const more = Array.from({ length: LIMITS.snapshotMessages + 5 }, () => beto.do('chat:send', { text: 'más' }));
    await Promise.all(more);
    await server.restart(() => (how === 'with' ? Promise.resolve() : rm(server.path('journal.checkpoint'))));
    beto = await server.join('beto@acme.com');
    expect(await pinned()).toBe(1);
    expect((await beto.snapshot()).messages.map(({ n }) => n)).not.toContain(1);
  });

  it('is taken down with its deletion', async () => {
    await beto.do('chat:pin', { message: 1, pinned: true });
    await ana.do('chat:delete', { message: 1 });
    expect(await pinned()).toBeUndefined();
    expect((await beto.refused('chat:pin', { message: 1, pinned: true })).code).toBe('NOT_FOUND');
  });

  it('is refused when nothing would change, also of two at once, and where there is no such message', async () => {
    const ids = [randomUUID(), randomUUID()];
    const answers = await Promise.all(ids.map((id) => ana.ask('chat:pin', { id, message: 1, pinned: true })));
    expect(answers).toMatchObject([{ ok: true }, { ok: false, error: { code: 'CONFLICT' } }]);
    expect((await ana.refused('chat:pin', { message: 2, pinned: false })).code).toBe('CONFLICT');
    expect((await ana.refused('chat:pin', { message: 99, pinned: true })).code).toBe('NOT_FOUND');
    expect((await ana.refused('chat:pin', { message: 1 })).code).toBe('INVALID');
    expect(await ana.ask('chat:pin', { id: ids[0]!, message: 1, pinned: true })).toEqual(answers[0]);
  });

  it('is a line in chat.txt', async () => {
    const { messages } = await ana.snapshot();
    const before = messages.map(({ by, at, text }) => `${by} [${formatInstant(at)}] : ${text}\n`).join('');
    const up = await ana.do('chat:pin', { message: 2, pinned: true });
    const down = await beto.do('chat:pin', { message: 2, pinned: false });
    const posted = formatInstant(messages[1]!.at);
    await server.waitForFile(
      'chat.txt',
      `${before}ana@acme.com [${formatInstant(up.at)}] : ▲ [${posted}]\n` +
        `beto@acme.com [${formatInstant(down.at)}] : ▽ [${posted}]\n`,
    );
  });
});
