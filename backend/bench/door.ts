import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { io, type Socket } from 'socket.io-client';
import { identify } from '../test/client.js';
import { Mailbox } from '../test/mailbox.js';
import { closedLoop, type Load } from './closed-loop.js';
import { Crowd, type Protocol } from './fanout/crowd.js';
import { Sender } from './fanout/sender.js';
import { ServerProcess } from './server-process.js';
import { percentile, ratio, type Table } from './table.js';

const ENGINE: Protocol = { path: '/socket.io/?EIO=4&transport=websocket', engine: true };
const LOOP_PROBE = fileURLToPath(new URL('./loop-probe.mjs', import.meta.url));
const FLOOD_MS = 10_000;
/** What the flood sends in a hundredth of a second. */
const BURST = 100;
const CONNECTIONS = 5_000;
const ASKED = 200;

const FLOODS: Readonly<Record<string, (socket: Socket) => void>> = {
  commands: (socket) => socket.emit('chat:send', { id: randomUUID(), text: 'x' }),
  typing: (socket) => socket.emit('chat:typing', {}),
  'feed:join': (socket) => socket.emit('feed:join', { cursor: null }),
  history: (socket) => socket.emit('chat:history', { before: 100, limit: 200 }),
};

/** What one member, or one network, can do to the others; and whether a stranger learns who is a member. */
export async function door(): Promise<Table[]> {
  return [await floods(), await crowds(), await strangers()];
}

/** Somebody sends 10,000 requests a second; another waits for the answer to one message at a time. */
async function floods(): Promise<Table> {
  const loads: [string, Load][] = [['quiet', await flooded(undefined)]];
  for (const [what, send] of Object.entries(FLOODS)) loads.push([what, await flooded(send)]);
  const quiet = loads[0]?.[1].p99 ?? NaN;
  return {
    title: `One member's acknowledgement while another sends ${BURST * 100} requests a second, for ${FLOOD_MS / 1_000} s`,
    columns: ['', 'p50, ms', 'p99, ms', 'ratio'],
    rows: loads.map(([what, { p50, p99 }]) => [what, p50.toFixed(2), p99.toFixed(2), ratio(p99, quiet)]),
  };
}

async function flooded(send: ((socket: Socket) => void) | undefined): Promise<Load> {
  return onServer({ RATE_LIMITS: 'yes' }, [], async ({ url }) => {
    const sender = await Sender.connect(url, ENGINE, await identify(url, 'ana@acme.com'));
    const extraHeaders = { cookie: await identify(url, 'mallory@acme.com') };
    const attacker = io(url, { transports: ['websocket'], forceNew: true, extraHeaders, reconnectionDelay: 10 });
    const attack = setInterval(() => {
      for (let count = 0; send && attacker.connected && count < BURST; count++) send(attacker);
    }, 10);
    const load = await closedLoop(1, FLOOD_MS, async () => {
      await sender.send();
      // As a person does; a loop of its own would be a flood, too.
      await setTimeout(20);
    });
    clearInterval(attack);
    attacker.disconnect();
    sender.close();
    return { ...load, p50: load.p50 - 20, p99: load.p99 - 20 };
  });
}

/** How late the event loop is while thousands come at once, and while thousands begin to and never end. */
async function crowds(): Promise<Table> {
  const row = await onServer({}, [LOOP_PROBE], async (server) => {
    await server.loopDelay();
    const began = performance.now();
    const crowd = await Crowd.open(server.url, ENGINE, CONNECTIONS);
    const seconds = (performance.now() - began) / 1_000;
    const { p99, max } = await server.loopDelay();
    crowd.close();
    return [`${CONNECTIONS} connections`, seconds.toFixed(1), p99.toFixed(0), max.toFixed(0)];
  });
  return { title: 'Connections that come at once', columns: ['', 's', 'loop p99, ms', 'loop max, ms'], rows: [row] };
}

/** How long the answer takes to somebody who asks for a code, for an e-mail that may come in and for one that may not. */
async function strangers(): Promise<Table> {
  const mailbox = await Mailbox.open();
  const environment = { AUTH: 'code', MEMBERS: '*@acme.com', SMTP_URL: mailbox.url, TRUST_PROXY: 'yes' };
  const times = await onServer(environment, [], async ({ url }) => {
    const took: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let count = 0; count < ASKED; count++) {
      for (const [who, domain] of [
        ['known', 'acme.com'],
        ['unknown', 'evil.example'],
      ] as const) {
        const began = performance.now();
        const response = await fetch(`${url}/api/session/code`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.${count}.${who.length}.1` },
          body: JSON.stringify({ email: `somebody-${count}@${domain}` }),
        });
        await response.arrayBuffer();
        took[who].push(performance.now() - began);
        // What is done after the answer is done by then.
        await setTimeout(10);
      }
    }
    return took;
  });
  await mailbox.close();
  const medianOf = (who: 'known' | 'unknown', share: number) => percentile(times[who], share);
  return {
    title: `Asking for a code, ${ASKED} times each`,
    columns: ['', 'p50, ms', 'ratio', 'p90, ms', 'ratio'],
    rows: (['known', 'unknown'] as const).map((who) => [
      who,
      ...[0.5, 0.9].flatMap((share) => {
        return [medianOf(who, share).toFixed(2), ratio(medianOf(who, share), medianOf('known', share))];
      }),
    ]),
  };
}

async function onServer<Result>(
  environment: NodeJS.ProcessEnv,
  preload: readonly string[],
  measure: (server: ServerProcess) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'lonja-bench-'));
  const server = await ServerProcess.start(folder, preload, environment);
  try {
    return await measure(server);
  } finally {
    await server.stop();
    await rm(folder, { recursive: true });
  }
}
