import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, request, type RequestOptions, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { io } from 'socket.io-client';
import { TestServer } from '../../test/server.js';

describe('the page through a reverse proxy that does not forward the Host header', () => {
  let proxy: Server;
  /** Where the browser has the page from. */
  let origin: string;
  let server: TestServer;
  beforeEach(async () => {
    proxy = proxyTo(() => server.url);
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    origin = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await server.end();
    proxy.closeAllConnections();
    proxy.close();
  });

  it('works at an address that ORIGINS lists', async () => {
    server = await TestServer.start({ ORIGINS: `${origin}/` });

    const session = await identify(origin, origin);

    expect(session.status).toBe(200);
    const [cookie = ''] = session.headers.getSetCookie()[0]!.split(';');
    expect(await connect(origin, origin, { cookie })).toMatchObject({ ok: true });
  });

  it('is refused at one that it does not', async () => {
    server = await TestServer.start({ ORIGINS: 'https://lonja.acme.com' });

    expect((await identify(origin, origin)).status).toBe(403);
    expect(await connect(origin, origin)).toBe('turned away');
  });

  it.each(['https://shop.example', 'https://lonja.acme.com'])(
    'is the only one that a browser lets use the server: %s may not read an answer',
    async (other) => {
      server = await TestServer.start({ ORIGINS: 'https://lonja.acme.com' });

      const preflight = await fetch(`${server.url}/api/session`, {
        method: 'OPTIONS',
        headers: {
          origin: other,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
      const answer = await fetch(`${server.url}/api/session`, { headers: { origin: other } });

      for (const { headers } of [preflight, answer]) expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );
});

describe('the page through a reverse proxy that says how the browser came', () => {
  let server: TestServer;
  afterEach(() => server.end());

  it.each([
    ['https', 'https', true],
    ['http', 'https', false],
    ['https', 'http', true],
    ['http', 'http', true],
  ])('is ours by %s where the browser asks by %s: %s', async (page, proto, isOurs) => {
    server = await TestServer.start({ TRUST_PROXY: 'yes' });
    const origin = server.url.replace('http', page);
    const forwarded = { 'x-forwarded-proto': proto };

    expect((await identify(server.url, origin, forwarded)).status).toBe(isOurs ? 200 : 403);
    expect((await connect(server.url, origin, forwarded)) !== 'turned away').toBe(isOurs);
  });

  it('is ours whatever is said by one that is not believed', async () => {
    server = await TestServer.start();
    const forwarded = { 'x-forwarded-proto': 'https' };

    expect((await identify(server.url, server.url, forwarded)).status).toBe(200);
    expect(await connect(server.url, server.url, forwarded)).not.toBe('turned away');
  });
});

/** As the page's script: a browser adds the origin to what may change something, and to sockets. */
function identify(to: string, origin: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${to}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, ...headers },
    body: '{"email":"ana@acme.com"}',
  });
}

/** The answer to a message; «turned away» where there is no connection. */
function connect(to: string, origin: string, headers: Record<string, string> = {}): Promise<unknown> {
  const extraHeaders = { origin, ...headers };
  const socket = io(to, { transports: ['websocket'], forceNew: true, reconnection: false, extraHeaders });
  return new Promise((resolve) => {
    socket.once('connect', () => {
      socket.emit('chat:send', { id: crypto.randomUUID(), text: 'hola' }, resolve);
    });
    socket.once('connect_error', () => resolve('turned away'));
  }).finally(() => socket.disconnect());
}

/** Asks the server in its own name. */
function proxyTo(server: () => string): Server {
  const options = (method = '', path = '', headers = {}): RequestOptions => {
    const { host, hostname, port } = new URL(server());
    return { hostname, port, method, path, headers: { ...headers, host } };
  };
  const proxy = createServer((from, to) => {
    const onward = request(options(from.method, from.url, from.headers), (response) => {
      to.writeHead(response.statusCode!, response.headers);
      response.pipe(to);
    });
    from.pipe(onward);
  });
  proxy.on('upgrade', (from, socket) => {
    const onward = request(options(from.method, from.url, from.headers));
    onward.once('response', () => socket.destroy());
    onward.once('upgrade', ({ rawHeaders }, upstream, first) => {
      const lines = rawHeaders.flatMap((name, index) => (index % 2 === 0 ? `${name}: ${rawHeaders[index + 1]}` : []));
      socket.write(['HTTP/1.1 101 Switching Protocols', ...lines, '\r\n'].join('\r\n'));
      socket.write(first);
      void pipeline(socket, upstream, socket).catch(() => undefined);
    });
    onward.end();
  });
  return proxy;
}
