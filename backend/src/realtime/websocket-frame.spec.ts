import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { textFrame } from './websocket-frame.js';

let server: Server;
let text: string;
beforeEach(async () => {
  const webSockets = new WebSocketServer({ noServer: true });
  server = createServer().on('upgrade', (request, stream, head) => {
    webSockets.handleUpgrade(request, stream, head, () => stream.write(textFrame(text)));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => void server.close());

/** What a client reads that is none of ours: the one that comes with Node. */
async function read(): Promise<unknown> {
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [message] = (await once(client, 'message')) as [MessageEvent];
  client.close();
  return message.data;
}

it.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])('a message of %i bytes is read as it is', async (length) => {
  text = 'x'.repeat(length);

  expect(await read()).toBe(text);
});

it('a message is measured in bytes, not in characters', async () => {
  text = 'ñ😀'.repeat(30);

  expect(await read()).toBe(text);
});
