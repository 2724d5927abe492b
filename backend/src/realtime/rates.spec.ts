import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { leave } from '../../test/leave.js';
import { fewInADay } from '../../test/rates.js';
import { TestServer } from '../../test/server.js';
import { RATES } from '../contract/index.js';
import { CONNECTIONS } from '../rates/connection-counts.js';

describe('whoever asks for too much', () => {
  let server: TestServer;
  beforeAll(() => fewInADay('command', 'search', 'query', 'identify'));
  beforeEach(async () => (server = await TestServer.start({ TRUST_PROXY: 'yes' })));
  afterEach(() => server.end());

  it('is refused, told when to come back, and nothing of it is stored; others do not feel it', async () => {
    const ana = await server.connect('ana@acme.com');
    const beto = await server.connect('beto@acme.com');
    const sent = Array.from({ length: RATES.search.member + 5 }, () => ana.ask('search', { query: 'x', limit: 1 }));

    const refused = (await Promise.all(sent)).flatMap((answer) => (answer.ok ? [] : [answer.error]));
    const tooMany = refused.filter(({ message }) => message.startsWith('Too much at once'));
    expect(tooMany.length).toBeGreaterThanOrEqual(5);
    for (const error of tooMany) {
      expect(error).toMatchObject({ code: 'RATE_LIMITED', retry: true });
      expect(error.retryAfter).toBeGreaterThanOrEqual(1);
      expect(error.retryAfter).toBeLessThanOrEqual(RATES.search.seconds);
    }
    expect((await beto.ask('search', { query: 'x', limit: 1 })).ok).toBe(true);
    await ana.do('chat:send', { text: 'otra cosa' });
  });

  it('keeps the order of commands: what comes after a refused one waits until that has come again', async () => {
    const ana = await server.join('ana@acme.com');
    const ids = Array.from({ length: RATES.command.member + 3 }, () => randomUUID());
    const answers = await Promise.all(
      ids.map((id, place) => ana.ask('chat:send', { id, text: 'x', ...(place > 0 && { after: ids[place - 1]! }) })),
    );
    const first = answers.findIndex((answer) => !answer.ok);

    expect(first).toBeGreaterThan(0);
    for (const answer of answers.slice(first)) expect(answer).toMatchObject({ error: { code: 'RATE_LIMITED' } });
  });

  it('does not stop: the connection is closed, and said so in the log', async () => {
    const ana = await server.connect('ana@acme.com');
    const closed = ana.closed();
    for (let count = 0; count < RATES.query.member + 2_100; count++) ana.socket.emit('mark:set', { n: 1 });

    await closed;
    expect(server.log.lines.some((line) => line.startsWith('ana@acme.com does not stop asking'))).toBe(true);
  });

  it('may not identify over and over from one network', async () => {
    const identify = (network: string) =>
      fetch(`${server.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': network },
        body: '{"email":"ana@acme.com"}',
      });
    for (let count = 0; count < RATES.identify.network; count++)
      expect((await identify('203.0.113.7')).status).toBe(200);

    const refused = await identify('203.0.113.7');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await refused.json()).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED', retry: true } });
    expect((await identify('203.0.113.8')).status).toBe(200);
  });

  it('has no more connections than one member needs', async () => {
    const cookie = await server.identify('ana@acme.com');
    for (let count = 0; count < CONNECTIONS.member; count++) await server.tab(cookie);
    const extraHeaders = { cookie };
    const one = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders });
    const closed = new Promise<string>((resolve) => {
      one.once('disconnect', resolve);
    });

    expect(await closed).toBe('transport close');
    await leave(one);
    await (await server.connect('beto@acme.com')).do('chat:send', { text: 'hola' });
  });
});
