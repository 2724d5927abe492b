import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';
import { Journal } from '../journal/index.js';

const SHUTTING_DOWN = {
  ok: false,
  error: { code: 'SHUTTING_DOWN', message: 'The server is stopping.', retry: true },
};

/** The steps of a stop, one by one, as Nest takes them. */
describe('a server that stops', () => {
  let server: TestServer;
  let ana: Client;
  let journal: Journal;
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
    journal = server.get(Journal);
  });
  afterEach(() => server.end());

  const say = () => ana.ask('chat:send', { id: randomUUID(), text: 'hola' });

  it('is not ready any more, refuses what comes, and still acknowledges what came before', async () => {
    const before = say();
    await ana.roundTrip();
    await journal.onModuleDestroy();

    expect((await fetch(`${server.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    expect(await say()).toEqual(SHUTTING_DOWN);
    expect(await before).toMatchObject({ ok: true, data: { n: 1 } });
    expect(await ana.ask('chat:history', { before: 2, limit: 1 })).toMatchObject({ ok: true });
  });

  it('has its closing mark before any connection is closed, and answers questions, too, that it stops', async () => {
    await say();
    await journal.onModuleDestroy();
    await journal.beforeApplicationShutdown();

    expect(JSON.parse((await server.read('journal.jsonl')).trimEnd().split('\n').at(-1)!)).toMatchObject({ closed: 1 });
    expect(ana.socket.connected).toBe(true);
    expect(await ana.ask('chat:history', { before: 2, limit: 1 })).toEqual(SHUTTING_DOWN);
    expect(await ana.ask('search', { query: 'hola', limit: 1 })).toEqual(SHUTTING_DOWN);
    expect(await say()).toEqual(SHUTTING_DOWN);
  });
});
