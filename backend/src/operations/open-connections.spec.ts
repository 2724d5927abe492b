import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { TestServer } from '../../test/server.js';

/** What no stop may take, in ms: Node would wait for more than a minute. */
const LONG = 10_000;

describe('a stop', () => {
  let server: TestServer;
  let socket: Socket;
  beforeEach(async () => {
    server = await TestServer.start();
    socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
  });
  afterEach(async () => {
    socket.destroy();
    await server.end();
  });

  it.each([
    ['asks nothing', ''],
    ['stops in the middle of a request', 'GET / HTTP/1.1\r\nHost: localhost\r\n'],
    ['never says that it has closed', upgrade()],
  ])('is not held up by a connection that %s', async (_what, bytes) => {
    // It reads nothing, so it never answers a closing frame either.
    socket.pause();
    if (bytes) socket.write(bytes);
    const ana = await server.join('ana@acme.com');
    const { n } = await ana.do('chat:send', { text: 'hola' });

    const started = performance.now();
    await server.stop();

    expect(n).toBe(1);
    expect(performance.now() - started).toBeLessThan(LONG);
  });
});

/** Asks for a WebSocket of socket.io's. */
function upgrade(): string {
  return [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    '\r\n',
  ].join('\r\n');
}
