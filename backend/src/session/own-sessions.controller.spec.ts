import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile, stat, writeFile } from 'node:fs/promises';
import type { OwnSessions } from '../contract/index.js';
import { TestServer } from '../../test/server.js';

describe('one’s sessions', () => {
  let server: TestServer;
  beforeEach(async () => (server = await TestServer.start()));
  afterEach(() => server.end());

  const call = (cookie: string | undefined, method = 'GET', path = '') =>
    fetch(`${server.url}/api/sessions${path}`, { method, headers: { ...(cookie && { cookie }) } });
  const list = async (cookie: string) => ((await (await call(cookie)).json()) as OwnSessions).sessions;
  const isMember = async (cookie: string | undefined) => {
    const answer = await (await server.tab(cookie)).ask('chat:send', { id: crypto.randomUUID(), text: 'x' });
    return answer.ok;
  };
  /** A browser that names itself. */
  const enter = async (device: string, email = 'ana@acme.com') => {
    const response = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': device },
      body: JSON.stringify({ email }),
    });
    return response.headers.getSetCookie()[0]!.split(';')[0]!;
  };

  it('are listed with device and instants, and nobody else’s', async () => {
    const phone = await enter('phone');
    await enter('desk');
    await enter('other', 'beto@acme.com');

    const sessions = await list(phone);
    expect(sessions.map(({ device, isThis }) => [device, isThis]).sort()).toEqual([
      ['desk', false],
      ['phone', true],
    ]);
    for (const { since, seen } of sessions) expect(new Date(since).toISOString() <= seen).toBe(true);
    expect((await call(undefined)).status).toBe(401);
  });

  it('end one by one: its sockets are closed, the cookie is worth nothing, the others go on', async () => {
    const [phone, desk] = [await enter('phone'), await enter('desk')];
    const socket = await server.tab(phone);
    const closed = socket.closed();
    const { id } = (await list(desk)).find(({ device }) => device === 'phone')!;

    expect((await call(desk, 'DELETE', `/${id}`)).status).toBe(204);
    await closed;
    expect([await isMember(phone), await isMember(desk)]).toEqual([false, true]);
    expect((await call(phone)).status).toBe(401);
    expect((await call(desk, 'DELETE', `/${id}`)).status).toBe(404);

    await server.restart();
    expect([await isMember(phone), await isMember(desk)]).toEqual([false, true]);
  });

  it('of somebody else cannot be ended', async () => {
    const [ana, beto] = [await enter('phone'), await enter('desk', 'beto@acme.com')];
    const [{ id } = { id: '' }] = await list(ana);

    expect((await call(beto, 'DELETE', `/${id}`)).status).toBe(404);
    expect(await isMember(ana)).toBe(true);
  });

  it('all end at once', async () => {
    const [phone, desk] = [await enter('phone'), await enter('desk')];

    expect((await call(phone, 'DELETE')).status).toBe(204);
    expect([await isMember(phone), await isMember(desk)]).toEqual([false, false]);
  });

  it('«Salir» ends it for a cookie that was copied before', async () => {
    const cookie = await enter('phone');
    const copy = await server.tab(cookie);
    const closed = copy.closed();

    const left = await fetch(`${server.url}/api/session`, { method: 'DELETE', headers: { cookie } });
    expect(left.status).toBe(204);
    await closed;
    expect(await isMember(cookie)).toBe(false);
  });

  it('write nothing after their end was acknowledged, however much was under way', async () => {
    const cookie = await enter('phone');
    const socket = await server.tab(cookie);
    const sent = Array.from({ length: 500 }, (_, index) =>
      socket.ask('chat:send', { id: crypto.randomUUID(), text: `mensaje ${index}` }),
    );
    void Promise.allSettled(sent);
    await call(cookie, 'DELETE');
    const beto = await server.connect('beto@acme.com');
    const { n } = await beto.snapshot();

    // Whatever had not been decided would come now.
    await beto.do('chat:send', { text: 'después' });
    expect((await beto.snapshot()).n).toBe(n + 1);
  });

  it('are all over when their file cannot be understood, which is kept', async () => {
    const cookie = await enter('phone');
    await server.restart(() => writeFile(server.path('sessions.json'), 'x'));

    expect(await isMember(cookie)).toBe(false);
    expect(server.log.lines.some((line) => line.includes('sessions.json cannot be understood'))).toBe(true);
  });

  it('are in a file that only the owner reads, and tokens are not in it', async () => {
    const cookie = await enter('phone');
    const kept = await readFile(server.path('sessions.json'), 'utf8');

    expect(kept).toContain('ana@acme.com');
    expect(kept).not.toContain(cookie.split('.')[2]);
    expect((await stat(server.path('sessions.json'))).mode & 0o777).toBe(0o600);
  });

  it('are 50 of a member at most: the longest unused one makes room', async () => {
    const first = await enter('first');
    for (let index = 0; index < 50; index++) await enter(`device ${index}`);

    expect((await call(first)).status).toBe(401);
  });
});
