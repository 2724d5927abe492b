import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, rm } from 'node:fs/promises';
import { type Cursor, type Data, type JournalRecord, LIMITS } from '../contract/index.js';
import type { Client } from '../../test/client.js';
import { cursorAt } from '../../test/cursor.js';
import { TestServer } from '../../test/server.js';

let server: TestServer;
let ana: Client;
beforeEach(async () => {
  server = await TestServer.start();
  ana = await server.join('ana@acme.com');
});
afterEach(() => server.end());

/** Ana writes so many messages. */
async function say(count: number): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, index) => ana.do('chat:send', { text: `${index}` })));
}

async function page(client: Client, cursor: Cursor | null): Promise<Data<'feed:join'>> {
  const answer = await client.ask('feed:join', { cursor, pages: true });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.data;
}

const records = (answer: Data<'feed:join'>): readonly JournalRecord[] =>
  answer.mode === 'resumed' ? answer.records : [];

describe('a long gap, for a client that understands pages', () => {
  it('comes in pages from the file, and live packets begin with the last', async () => {
    const { journal } = await ana.snapshot();
    const total = 2 * LIMITS.resumeRecords + 5;
    await say(total);
    const back = await server.connect();

    const first = await page(back, { journal, n: 0 });
    expect(first).toMatchObject({ mode: 'resumed', journal, more: true });
    expect(first.n).toBeLessThanOrEqual(LIMITS.resumeRecords);
    await say(1);
    await back.roundTrip();
    expect(back.packets).toBe(0);

    const pages = [first];
    while (pages.at(-1)!.more) pages.push(await page(back, await cursorAt(server, pages.at(-1)!.n)));
    for (const one of pages) expect(JSON.stringify(one).length).toBeLessThan(LIMITS.pageBytes + 1_000);
    const numbers = pages.flatMap(records).map(({ n }) => n);
    expect(numbers).toEqual(Array.from({ length: total + 1 }, (_, index) => index + 1));

    await say(1);
    await back.roundTrip();
    expect(back.received.map(({ n }) => n)).toEqual([total + 2]);
  });

  it('has no live packets in between for who has joined before, on the same connection', async () => {
    const { journal } = await ana.snapshot();
    await say(LIMITS.resumeRecords + 5);
    await ana.roundTrip();
    const before = ana.packets;

    const first = await page(ana, { journal, n: 0 });
    expect(first).toMatchObject({ more: true });
    await (await server.join('beto@acme.com')).do('chat:send', { text: 'entretanto' });
    await ana.roundTrip();
    expect(ana.packets).toBe(before);

    let last = first;
    while (last.mode === 'resumed' && last.more) last = await page(ana, await cursorAt(server, last.n));
    await (await server.join('beto@acme.com')).do('chat:send', { text: 'después' });
    await ana.roundTrip();
    expect(ana.packets).toBe(before + 1);
  });

  it('is answered at once when it is short', async () => {
    await say(3);
    const answer = await page(await server.connect(), await cursorAt(server, 1));
    expect(answer).toMatchObject({ mode: 'resumed', n: 3 });
    expect('more' in answer).toBe(false);
  });

  it('is a snapshot for a new client', async () => {
    await say(3);
    expect(await page(await server.connect(), null)).toMatchObject({ mode: 'snapshot', n: 3 });
  });
});

describe('a journal that was restored from an older copy and went on', () => {
  it('is noticed by the command that the client ended with, on either side of what is in memory', async () => {
    await say(3);
    await server.restart(() => cp(server.path('journal.jsonl'), server.path('copy'), { force: true }));
    ana = await server.join('ana@acme.com');
    await say(2);
    const { journal, n, command } = await ana.snapshot();
    expect(command).toEqual(expect.any(String));
    await server.restart(async () => {
      await cp(server.path('copy'), server.path('journal.jsonl'), { force: true });
      await rm(server.path('journal.checkpoint'), { force: true });
    });
    ana = await server.join('ana@acme.com');
    await say(LIMITS.resumeRecords + 5);

    for (const client of [await server.connect(), await server.connect()]) {
      expect(await page(client, { journal, n, ...(command && { command }) })).toMatchObject({ mode: 'snapshot' });
    }
    const known = await ana.snapshot();
    const cursor = { journal, n: known.n, ...(known.command && { command: known.command }) };
    expect(await page(ana, cursor)).toMatchObject({ mode: 'resumed', records: [] });
  });

  it('cannot be distinguished for a cursor without a command, so that the client gets a snapshot', async () => {
    await say(3);
    const { journal } = await ana.snapshot();
    expect(await ana.join({ journal, n: 2 })).toMatchObject({ mode: 'snapshot', n: 3 });
    expect(await ana.join({ journal, n: 0 })).toMatchObject({ mode: 'resumed', n: 3 });
  });

  it('refuses what a page meant for the other history, and does not touch the record of the same number', async () => {
    await say(1);
    await server.restart(() => cp(server.path('journal.jsonl'), server.path('copy'), { force: true }));
    ana = await server.join('ana@acme.com');
    const lost = await ana.do('chat:send', { text: 'del historial perdido' });
    const { messages } = await ana.snapshot();
    const refers = { n: lost.n, command: messages.at(-1)!.command };
    await server.restart(async () => {
      await cp(server.path('copy'), server.path('journal.jsonl'), { force: true });
      await rm(server.path('journal.checkpoint'), { force: true });
    });
    ana = await server.join('ana@acme.com');
    expect(await ana.do('chat:send', { text: 'otro mensaje' })).toMatchObject({ n: lost.n });

    expect(await ana.refused('chat:edit', { message: lost.n, text: 'corregido', refers })).toEqual({
      code: 'CONFLICT',
      message: expect.any(String),
      retry: false,
      fields: [{ field: 'refers', rule: 'sameRecord' }],
    });
    const after = (await ana.snapshot()).messages.at(-1)!;
    expect(after).toMatchObject({ n: lost.n, text: 'otro mensaje' });
    await ana.do('chat:edit', { message: lost.n, text: 'corregido', refers: { n: lost.n, command: after.command } });
  });
});
