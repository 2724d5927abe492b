import { afterEach, describe, expect, it } from '@jest/globals';
import { type IncomingMessage, request } from 'node:http';
import { hostname } from 'node:os';
import { text } from 'node:stream/consumers';
import { TestServer } from '../../test/server.js';

const SOCKET = '/socket.io/?EIO=4&transport=';
const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
/** Every way in: path, further headers, and the status of a refusal (engine.io has one for all that is no upgrade). */
const WAYS: [string, string, Record<string, string>, number][] = [
  ['the page', '/', {}, 403],
  ['the session', '/api/session', {}, 403],
  ['a socket by polling', `${SOCKET}polling`, {}, 403],
  ['a socket by WebSocket', `${SOCKET}websocket`, UPGRADE, 400],
];

describe('a request names the host that it is for', () => {
  let server: TestServer;
  afterEach(() => server.end());

  /** The answer to what a browser sends that thinks the server is `host`: as of a page that came from there. */
  function answer(host: string, path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const sent = request(`${server.url}${path}`, { headers: { host, origin: `http://${host}`, ...headers } });
      sent.once('response', resolve).once('error', reject);
      sent.once('upgrade', (response, socket) => {
        socket.destroy();
        resolve(response);
      });
      sent.end();
    });
  }
  async function status(host: string, path = '/api/session', headers: Record<string, string> = {}) {
    const response = await answer(host, path, headers);
    response.resume();
    return response.statusCode;
  }

  describe.each(WAYS)('and %s is reached', (_what, path, headers, refused) => {
    it.each(['evil.example:3000', 'localhost.evil.example', '10.0.0.1.evil.example', '203.0.113.7'])(
      'not by %s: another site’s name may be made to lead here',
      async (host) => {
        server = await TestServer.start();

        expect(await status(host, path, headers)).toBe(refused);
      },
    );

    it('by the machine’s names, loopback and private addresses', async () => {
      server = await TestServer.start();

      for (const host of ['localhost:3000', '127.0.0.1', '192.168.1.20:3000', '[::1]', `${hostname()}:3000`])
        expect(await status(host, path, headers)).not.toBe(refused);
    });

    it('by the names that are listed and by loopback, and then by no other', async () => {
      server = await TestServer.start({ HOST_NAMES: 'Lonja.acme.com, 203.0.113.7' });

      for (const host of ['lonja.acme.com:8443', '203.0.113.7', 'localhost:3000'])
        expect(await status(host, path, headers)).not.toBe(refused);
      for (const host of ['192.168.1.20:3000', hostname(), 'acme.com'])
        expect(await status(host, path, headers)).toBe(refused);
    });
  });

  it('and ORIGINS name hosts as well', async () => {
    server = await TestServer.start({ ORIGINS: 'https://lonja.acme.com' });

    expect(await status('lonja.acme.com')).toBe(200);
    expect(await status('192.168.1.20')).toBe(403);
  });

  it('and whoever watches over the server may name any', async () => {
    server = await TestServer.start();

    expect(await status('evil.example', '/health/live')).toBe(200);
  });

  it('and one that is refused is told why, as its owner is in the log, once', async () => {
    server = await TestServer.start();

    const refused = await answer('evil.example', '/api/session');
    await status('evil.example:99');

    expect(JSON.parse(await text(refused))).toEqual({
      ok: false,
      error: { code: 'FORBIDDEN', message: expect.stringContaining('HOST_NAMES'), retry: false },
    });
    expect(server.log.lines.filter((line) => line.includes('HOST_NAMES'))).toEqual([
      'A request for the host evil.example was refused. If this server is reached by that name, add it to HOST_NAMES.',
    ]);
  });
});
