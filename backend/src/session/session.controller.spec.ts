import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { identify } from '../../test/client.js';
import { TestServer } from '../../test/server.js';

const ORIGIN = 'https://lonja.acme.com';

describe('a session', () => {
  let server: TestServer;
  beforeEach(async () => (server = await TestServer.start({ ORIGINS: `${ORIGIN}, http://localhost:4200` })));
  afterEach(() => server.end());

  const call = (method: string, headers: Record<string, string> = {}, body?: string) =>
    fetch(`${server.url}/api/session`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body }),
    });
  const who = async (cookie: string) => (await call('GET', { cookie })).json();

  it('is nobody’s for a visitor', async () => {
    const response = await call('GET');

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ email: null, proof: 'open' });
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it('is opened with an e-mail, by a cookie that scripts cannot read and other sites cannot send', async () => {
    const response = await call('POST', {}, JSON.stringify({ email: 'ana@acme.com' }));

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ email: 'ana@acme.com', role: 'member', proof: 'open' });
    const [cookie, ...others] = response.headers.getSetCookie();
    expect(others).toEqual([]);
    expect(cookie!.split('; ').filter((part) => !part.startsWith('Expires='))).toEqual([
      expect.stringMatching(/^lonja_session=[\w-]+\.[\w-]+\.[\w-]+$/),
      'Max-Age=2592000',
      'Path=/',
      'HttpOnly',
      'SameSite=Lax',
    ]);
    expect(await who(cookie!.split(';')[0]!)).toEqual({ email: 'ana@acme.com', role: 'member', proof: 'open' });
  });

  it('has the currency of the prices when one is configured', async () => {
    const shop = await TestServer.start({ CURRENCY: 'cop' });
    try {
      const url = `${shop.url}/api/session`;
      const body = JSON.stringify({ email: 'ana@acme.com' });
      const opened = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });

      expect(await (await fetch(url)).json()).toEqual({ email: null, proof: 'open', currency: 'COP' });
      expect(await opened.json()).toEqual({ email: 'ana@acme.com', role: 'member', proof: 'open', currency: 'COP' });
    } finally {
      await shop.end();
    }
  });

  it.each([
    ['ANA@Acme.COM', 'ana@acme.com'],
    ['N\u0303andu\u0301@acme.com', 'ñandú@acme.com'],
    ['o’neil+lonja@mail.acme.co.uk', 'o’neil+lonja@mail.acme.co.uk'],
  ])('belongs to one person however they type %s', async (typed, email) => {
    const response = await call('POST', {}, JSON.stringify({ email: typed }));

    expect(await response.json()).toMatchObject({ email });
  });

  it.each([
    '',
    'ana',
    'ana@',
    '@acme.com',
    'ana@acme',
    'ana@@acme.com',
    'ana @acme.com',
    ' ana@acme.com',
    'ana@acme.com ',
    'ana@acme.com\n',
    'ana@acme.com, beto@acme.com',
    'Ana <ana@acme.com>',
    '<script>@acme.com',
    '"ana"@acme.com',
    '"a\nbeto@acme.com [01/01/2026 00:00:00] : hola"@acme.com',
    'a\u202eb@acme.com',
    'a\u2028b@acme.com',
    `${'x'.repeat(65)}@acme.com`,
    `ana@${'x'.repeat(60)}.${'x'.repeat(60)}.${'x'.repeat(60)}.${'x'.repeat(60)}.${'x'.repeat(10)}.com`,
    5,
    null,
    ['ana@acme.com'],
    { email: 'ana@acme.com' },
  ])('is refused to %j, in the words of the contract and without an echo', async (email) => {
    const response = await call('POST', {}, JSON.stringify({ email }));

    expect(response.status).toBe(400);
    const answer = (await response.json()) as { error: { fields: { field: string }[] } };
    expect(answer).toEqual({
      ok: false,
      error: { code: 'INVALID', message: 'Not valid: email.', retry: false, fields: expect.any(Array) },
    });
    expect(new Set(answer.error.fields.map(({ field }) => field))).toEqual(new Set(['email']));
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it.each(['{}', '[]', '{"email":"ana@acme.com","admin":true}'])('is refused to the body %s', async (body) => {
    const response = await call('POST', {}, body);

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ ok: false, error: { code: 'INVALID' } });
  });

  it('is refused to no body at all, and to one of another type', async () => {
    expect((await call('POST')).status).toBe(400);
    expect((await call('POST', { 'content-type': 'text/plain' }, '{"email":"ana@acme.com"}')).status).toBe(400);
  });

  it('is refused where it cannot be written down, which is not for lack of space; the log says why', async () => {
    await mkdir(server.path('sessions.json'));
    const response = await call('POST', {}, '{"email":"ana@acme.com"}');

    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ error: { code: 'INTERNAL', retry: false } });
    expect(server.log.errors.splice(0)).toEqual([
      expect.stringMatching(/^sessions\.json cannot be written \(E\w+\)\.$/),
    ]);
  });

  it('is left: the cookie is removed, and the browser is a visitor’s', async () => {
    const cookie = await identify(server.url, 'ana@acme.com');

    const response = await call('DELETE', { cookie });

    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^lonja_session=; Path=\/; Expires=Thu, 01 Jan 1970 .*; HttpOnly; SameSite=Lax$/),
    ]);
  });

  it('can be left by somebody who has none', async () => {
    expect((await call('DELETE')).status).toBe(204);
    expect((await call('DELETE', { cookie: 'lonja_session=x' })).status).toBe(204);
  });

  it('has a cookie for https only when the browser came by https, as far as a trusted proxy says', async () => {
    const cookie = async (method: string, headers: Record<string, string>) => {
      const body = method === 'POST' ? JSON.stringify({ email: 'ana@acme.com' }) : undefined;
      return (await call(method, headers, body)).headers.getSetCookie().join();
    };
    const https = { 'x-forwarded-proto': 'https' };
    for (const method of ['POST', 'DELETE']) expect(await cookie(method, https)).not.toMatch(/; Secure/);

    await server.end();
    server = await TestServer.start({ TRUST_PROXY: 'yes' });

    for (const method of ['POST', 'DELETE']) {
      expect(await cookie(method, https)).toMatch(/__Host-lonja_session=.*; HttpOnly; Secure; SameSite=Lax$/);
      expect(await cookie(method, { 'x-forwarded-proto': 'http' })).not.toMatch(/; Secure/);
      expect(await cookie(method, {})).not.toMatch(/; Secure/);
    }
  });

  it('survives a restart: its key is kept, and only the owner may read it', async () => {
    const cookie = await identify(server.url, 'ana@acme.com');

    await server.restart();

    expect(await who(cookie)).toEqual({ email: 'ana@acme.com', role: 'member', proof: 'open' });
    expect((await stat(server.path('session-secret'))).mode & 0o777).toBe(0o600);
  });

  it('ends for everybody when the owner takes another key', async () => {
    const cookie = await identify(server.url, 'ana@acme.com');

    await server.restart(() => writeFile(server.path('session-secret'), 'x'.repeat(43)));

    expect(await who(cookie)).toEqual({ email: null, proof: 'open' });
  });

  it('is nobody’s when the key is empty: the server refuses to start and says so', async () => {
    const started = server.restart(() => writeFile(server.path('session-secret'), ''));

    await expect(started).rejects.toMatchObject({
      exitCode: 78,
      message: expect.stringMatching(/session-secret holds no secret/),
    });
  });

  it.each(['GET', 'POST', 'DELETE'])('answers no %s of another site’s page', async (method) => {
    const body = method === 'POST' ? JSON.stringify({ email: 'ana@acme.com' }) : undefined;
    for (const origin of ['https://evil.example', 'null', `${server.url}.evil.example`, 'http://127.0.0.1:1', '']) {
      const response = await call(method, { origin }, body);

      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });

  it('answers its own page, and those that the owner has listed', async () => {
    for (const origin of [server.url, server.url.replace('http:', 'https:'), ORIGIN, 'http://localhost:4200']) {
      expect((await call('GET', { origin })).status).toBe(200);
      expect((await call('POST', { origin }, JSON.stringify({ email: 'ana@acme.com' }))).status).toBe(200);
    }
  });
});
