import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, ServerProcess } from '../test/server-process.js';

let folder: string;
let server: ServerProcess;
const sockets: Socket[] = [];
beforeEach(async () => {
  await build();
  folder = await mkdtemp(join(tmpdir(), 'lonja-'));
  server = new ServerProcess({ PORT: '0', DATA_DIR: folder }, folder);
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await server.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

it('lets hundreds of connections wait while the server is busy, and turns none away', async () => {
  const { port } = new URL(await server.url());
  // As busy as can be: it accepts nothing, and what connects has to wait in the system's queue.
  void server.kill('SIGSTOP');

  const count = Math.min(800, await longestQueue());
  for (let index = 0; index < count; index++) sockets.push(connect(Number(port), '127.0.0.1'));

  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  expect(sockets.length).toBe(count);
});

/** How many connections the system lets wait, whatever a program asks for. */
async function longestQueue(): Promise<number> {
  const limit = await readFile('/proc/sys/net/core/somaxconn', 'utf8').catch(() => '128');
  return Number(limit);
}
