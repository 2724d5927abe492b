import type { Presence } from 'backend/contract';
import { io } from 'socket.io-client';
import { identify, PROGRAM } from './lonja';
import { Proxy } from './proxy';
import { sleep } from './scenario';
import type { Score } from './scorecard';
import { ServerChild } from './server-child';

const DETECTION_LIMIT_MS = 25_000;
const EMAIL = 'cut-off@acme.com';

/**
 * A disconnected cable: the connection stays open on both sides, but no bytes arrive. Measures in real time, with the settings
 * of the real server, when each side detects it. Just after connecting it takes longest: a whole interval and the timeout.
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
    for (const connection of proxy.connections) connection.dropSilently();
    const detected = await Promise.all([timed(gone), timed(isHere(false))]);
    return ['the page', 'the server, which notifies the others'].map((who, index) => {
      const took = detected[index] ?? Infinity;
      const figure = `after ${(took / 1_000).toFixed(1)} s`;
      return { what: `detected within 25 s by ${who}`, figure, ok: took <= DETECTION_LIMIT_MS };
    });
  } finally {
    colleague.disconnect();
    cutOff.disconnect();
    proxy.close();
    await server.stop('SIGKILL');
    server.remove();
  }
}

/** ms until it resolves; Infinity when that takes more than twice the limit. */
async function timed(done: Promise<unknown>): Promise<number> {
  const begin = performance.now();
  const late = await Promise.race([done.then(() => false), sleep(2 * DETECTION_LIMIT_MS).then(() => true)]);
  return late ? Infinity : performance.now() - begin;
}
