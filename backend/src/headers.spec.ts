import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { TestServer } from '../test/server.js';

let server: TestServer;

const POLLING = '/socket.io/?EIO=4&transport=polling';
const JSON_TYPE = { 'content-type': 'application/json' };
/** Whoever answers: the page, the API, a refusal, an address where nothing is, one that cannot be read, socket.io. */
const REQUESTS: readonly (readonly [string, string, RequestInit])[] = [
  ['the page', '/', {}],
  ['a file that is not there', '/nothing.js', {}],
  ['the session', '/api/session', {}],
  ['an address of the API where nothing is', '/api/nothing', {}],
  ['a body that is not JSON', '/api/session', { method: 'POST', headers: JSON_TYPE, body: '{' }],
  ['a body that is not valid', '/api/session', { method: 'POST', headers: JSON_TYPE, body: '{}' }],
  ['an origin of others', '/api/session', { headers: { origin: 'https://evil.example' } }],
  ['an address that cannot be read', '/%ff', {}],
  ['a picture that is not there', `/pictures/${'a'.repeat(64)}.png`, {}],
  ['the health', '/health/live', {}],
  ['a connection by polling', POLLING, {}],
  ['a connection that is refused', POLLING, { headers: { origin: 'https://evil.example' } }],
  ['what socket.io cannot read', '/socket.io/?EIO=9&transport=none', {}],
];

/** A response whose body has been read: an open one would keep the server from stopping. */
async function get(path: string, request: RequestInit = {}) {
  // The application of the tests serves no files of the page: what would be compressed is a refusal there.
  const headers = { 'accept-encoding': 'identity', ...(request.headers as Record<string, string> | undefined) };
  const response = await fetch(`${server.url}${path}`, { ...request, headers });
  return { headers: response.headers, body: await response.text() };
}

describe('every response', () => {
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.end());

  it.each(REQUESTS)('has the headers: %s', async (_what, path, request) => {
    const { headers } = await get(path, request);

    const csp = headers.get('content-security-policy') ?? '';
    expect(csp).not.toMatch(/unsafe|\*/);
    expect(csp).toMatch(/default-src 'none'/);
    expect(Object.fromEntries(headers)).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'permissions-policy': expect.stringContaining('camera=(), '),
    });
    if (path.startsWith('/api/')) expect(headers.get('cache-control')).toBe('no-store');
    for (const name of ['x-powered-by', 'server', 'strict-transport-security']) expect(headers.has(name)).toBe(false);
  });
});

describe('the content security policy of the page', () => {
  afterEach(() => server.end());

  const directivesOf = async (): Promise<Record<string, string>> => {
    const { headers } = await get('/');
    const directives = (headers.get('content-security-policy') ?? '').split(';');
    return Object.fromEntries(directives.map((directive) => [directive.split(' ', 1)[0] ?? '', directive]));
  };

  it('lets in what the page consists of, and pictures of other servers', async () => {
    server = await TestServer.start();

    expect(await directivesOf()).toEqual({
      'default-src': "default-src 'none'",
      'script-src': "script-src 'self'",
      'style-src': "style-src 'self'",
      'img-src': "img-src 'self' data: http: https:",
      'connect-src': "connect-src 'self'",
      'manifest-src': "manifest-src 'self'",
      'worker-src': "worker-src 'self'",
      'base-uri': "base-uri 'self'",
      'form-action': "form-action 'self'",
      'frame-ancestors': "frame-ancestors 'none'",
      'object-src': "object-src 'none'",
    });
  });

  it('keeps pictures of other servers out where the owner says so, and the session says it to the page', async () => {
    server = await TestServer.start({ FOREIGN_PICTURES: 'hide' });

    expect((await directivesOf())['img-src']).toBe("img-src 'self' data:");
    const { body } = await get('/api/session');
    expect(JSON.parse(body)).toMatchObject({ email: null, foreignPictures: 'hide' });
  });
});

describe('strict transport security', () => {
  afterEach(() => server.end());

  const strictBehind = async (proxy: 'yes' | 'no', headers: Record<string, string>) => {
    server = await TestServer.start({ TRUST_PROXY: proxy });
    const response = await get('/api/session', { headers });
    return response.headers.get('strict-transport-security');
  };

  it('is asked for when the browser came over TLS', async () => {
    expect(await strictBehind('yes', { 'x-forwarded-proto': 'https' })).toBe('max-age=31536000');
  });

  it.each([
    ['yes', 'http'],
    ['no', 'https'],
  ] as const)('is not asked for otherwise: TRUST_PROXY=%s, a header that says %s', async (proxy, proto) => {
    expect(await strictBehind(proxy, { 'x-forwarded-proto': proto })).toBeNull();
  });
});
