import type { Presence } from 'backend/contract';
import { io } from 'socket.io-client';
import { identify, PROGRAM } from './lonja';
import { Proxy } from './proxy';
import { sleep } from './scenario';
import type { Score } from './scorecard';
import { ServerChild } from './server-child';

/** The limits of the detection: an interval and the timeout are 20 s. A build allows for a machine that is far slower. */
const DETECTION_LIMIT_S = 25;
const DETECTION_LIMIT_IN_BUILD_S = 120;
const EMAIL = 'cut-off@acme.com';

/**
 * A disconnected cable: the connection stays open on both sides, but no bytes arrive. Measures in real time, with the settings
 * of the real server, when each side detects it. Just after connecting it takes longest: a whole interval and the timeout.
 */
export async function halfOpen(timed: boolean): Promise<Score[]> {
  const limit = timed ? DETECTION_LIMIT_S : DETECTION_LIMIT_IN_BUILD_S;
  const server = new ServerChild(PROGRAM);
  await server.start();
  const proxy = await Proxy.start(() => server.port);
  const options = { transports: ['websocket'], forceNew: true };
  // Comes back where a busy machine has cut it off: whoever is not there is told by nobody.
  const colleague = io(`http://127.0.0.1:${server.port}`, options);
  const cutOff = io(proxy.url, {
    ...options,
    reconnection: false,
    extraHeaders: { cookie: await identify(server.port, EMAIL) },
  });
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
    for (const connection of proxy.connections) connection.dropSilently();
    const detected = await Promise.all([timeOf(gone, limit), timeOf(isHere(false), limit)]);
    return ['the page', 'the server, which notifies the others'].map((who, index) => {
      const took = detected[index] ?? Infinity;
      return { what: `detected within ${limit} s by ${who}`, figure: `after ${took.toFixed(1)} s`, ok: took <= limit };
    });
  } finally {
    colleague.disconnect();
    cutOff.disconnect();
    proxy.close();
    await server.stop('SIGKILL');
    server.remove();
  }
}

/** s until it resolves; Infinity when that takes longer than the limit. */
async function timeOf(done: Promise<unknown>, limit: number): Promise<number> {
  const begin = performance.now();
  const late = await Promise.race([done.then(() => false), sleep(limit * 1_000).then(() => true)]);
  return late ? Infinity : (performance.now() - begin) / 1_000;
}
