import type { Presence } from 'backend/contract';
import { io } from 'socket.io-client';
import { identify, PROGRAM } from './lonja';
import { Proxy } from './proxy';
import { sleep } from './scene';
import type { Score } from './scorecard';
import { ServerChild } from './server-child';

/** ms. */
const MOST = 25_000;
const EMAIL = 'cut-off@acme.com';

/**
 * A cable is pulled: the connection stands on both sides, and nothing passes any more. In real time, with the settings of
 * the real server: after how long each side knows. Just after connecting it takes longest, a whole interval and the timeout.
 */
export async function halfOpen(): Promise<Score[]> {
  const server = new ServerChild(PROGRAM);
  await server.start();
  const proxy = await Proxy.start(() => server.port);
  const options = { transports: ['websocket'], forceNew: true, reconnection: false };
  const colleague = io(`http://127.0.0.1:${server.port}`, options);
  const cutOff = io(proxy.url, { ...options, extraHeaders: { cookie: await identify(server.port, EMAIL) } });
  try {
    const isHere = (expected: boolean) =>
      new Promise<void>((resolve) => {
        colleague.on('presence', ({ members }: Presence) => {
          if (members.includes(EMAIL) === expected) resolve();
        });
      });
    await isHere(true);
    const gone = new Promise<void>((resolve) => {
      cutOff.once('disconnect', () => resolve());
    });
    for (const line of proxy.lines) line.swallow();
    const noticed = await Promise.all([timed(gone), timed(isHere(false))]);
    return ['the page', 'the server, and tells the others'].map((who, index) => {
      const took = noticed[index] ?? Infinity;
      const figure = `after ${(took / 1_000).toFixed(1)} s`;
      return { what: `a dead connection is noticed by ${who}`, figure, ok: took <= MOST };
    });
  } finally {
    colleague.disconnect();
    cutOff.disconnect();
    proxy.close();
    await server.stop('SIGKILL');
    server.remove();
  }
}

/** How long it takes in ms; Infinity when that is longer than anybody waits. */
async function timed(done: Promise<unknown>): Promise<number> {
  const begin = performance.now();
  const late = await Promise.race([done.then(() => false), sleep(2 * MOST).then(() => true)]);
  return late ? Infinity : performance.now() - begin;
}
