import type { Presence } from 'backend/contract';
import { io } from 'socket.io-client';
import { identify, PROGRAM } from './lonja';
import { Proxy } from './proxy';
import { sleep } from './scene';
import type { Score } from './scorecard';
import { ServerChild } from './server-child';

/** How long it may take, in s: an interval and the timeout are 20. A build allows for a machine that is far slower. */
const LIMIT_S = 25;
const LIMIT_OF_A_BUILD_S = 120;
const EMAIL = 'cut-off@acme.com';

/**
 * A cable is pulled: the connection stands on both sides, and nothing passes any more. In real time, with the settings of
 * the real server: after how long each side knows. Just after connecting it takes longest, a whole interval and the timeout.
 */
export async function halfOpen(timed: boolean): Promise<Score[]> {
  const limit = timed ? LIMIT_S : LIMIT_OF_A_BUILD_S;
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
    const noticed = await Promise.all([timeOf(gone, limit), timeOf(isHere(false), limit)]);
    return ['the page', 'the server, and tells the others'].map((who, index) => {
      const took = noticed[index] ?? Infinity;
      return { what: `noticed within ${limit} s by ${who}`, figure: `after ${took.toFixed(1)} s`, ok: took <= limit };
    });
  } finally {
    colleague.disconnect();
    cutOff.disconnect();
    proxy.close();
    await server.stop('SIGKILL');
    server.remove();
  }
}

/** How long it takes, in s; Infinity when that is longer than the limit. */
async function timeOf(done: Promise<unknown>, limit: number): Promise<number> {
  const begin = performance.now();
  const late = await Promise.race([done.then(() => false), sleep(limit * 1_000).then(() => true)]);
  return late ? Infinity : (performance.now() - begin) / 1_000;
}
