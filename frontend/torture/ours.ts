import type { Cursor, Snapshot } from 'backend/contract';
import { MemoryStorage } from '../src/app/realtime/outbox-storage';
import { identify, PROGRAM } from './lonja';
import { journalIn, judge } from './judge';
import { Page } from './page';
import { Ledger, Person } from './person';
import { Proxy } from './proxy';
import { Random } from './random';
import { Scales } from './scales';
import { count, sleep, type Scene } from './scene';
import { none, type Score } from './scorecard';
import { ServerChild } from './server-child';
import { storm } from './storm';

export interface Options {
  readonly seed: number;
  readonly seconds: number;
  readonly people: number;
  /** Whether the machine is for this run alone, so that times mean something. */
  readonly timed: boolean;
}

/** ms. */
const PATIENCE = 40_000;
const MISSED = 10_000;

/** Our server and our page's own feed and outbox, in a storm; the scores are what is left of it. */
export async function tortureOurs(options: Options): Promise<{ scores: Score[]; notes: string[] }> {
  const random = new Random(options.seed);
  const server = new ServerChild(PROGRAM);
  await server.start();
  const proxy = await Proxy.start(() => server.port);
  const ledger = new Ledger();
  const people = await gather(options, { random, server, proxy, ledger });
  const happened = new Map<string, number>();
  const scene: Scene = { random, proxy, server, actors: people, mischievous: true, reloads: true, happened };
  const scales = new Scales(server);
  try {
    await play(scene, options.seconds);
    const grown = options.timed ? scales.growth : [];
    for (const person of people) person.calm();
    proxy.repair();
    const repaired = performance.now();
    const caughtUp = await settled(people, server.port);
    const took = performance.now() - repaired;
    const missed = await catchUp(people, server, proxy);
    const fresh = await snapshot(server.port);
    await server.stop('SIGTERM');
    const records = journalIn(server.folder);
    const late = options.timed && missed > 1_000 ? [`${missed.toFixed(0)} ms`] : [];
    const scores = [
      ...judge(ledger, people, records, fresh),
      none('pages that did not come back within 40 s', caughtUp),
      none('server processes that ended by themselves', server.deaths),
      none('kinds of memory that went over their bounds', [...grown, ...scales.excess]),
      none(`catch-ups with ${MISSED} missed records in more than 1 s`, late),
    ];
    const troubles = [...happened].map(([what, times]) => `${what} ${times}×`).join(', ');
    const notes = [
      `${ledger.submitted.length} commands submitted, ${ledger.promises.size} acknowledged, ${records.length} records, ${server.starts} starts`,
      troubles,
      `all pages right ${took.toFixed(0)} ms after the last repair; ${MISSED} missed records applied in ${missed.toFixed(0)} ms`,
      `server memory: ${scales.summary}; connections closed by a missed heartbeat: ${ledger.silences}`,
    ];
    return { scores, notes };
  } finally {
    scales.stop();
    for (const person of people) person.close();
    proxy.close();
    await server.stop('SIGKILL');
    server.remove();
  }
}

type World = Pick<Scene, 'random' | 'server' | 'proxy'> & { readonly ledger: Ledger };

async function gather({ people }: Options, { random, server, proxy, ledger }: World): Promise<Person[]> {
  const names = Array.from({ length: people }, (_, index) => `person-${index}@acme.com`);
  const cookies = await Promise.all(names.map((email) => identify(server.port, email)));
  return names.map((email, index) => {
    const own = { random: random.fork(), tabs: index % 3 === 0 ? 2 : 1, locks: index % 2 === 0 };
    return new Person({ url: proxy.url, email, cookie: cookies[index] ?? '', ledger, ...own });
  });
}

/** Everybody acts while things go wrong. */
async function play(scene: Scene, seconds: number): Promise<void> {
  const until = Date.now() + seconds * 1_000;
  const acting = scene.actors.map(async (actor) => {
    const random = scene.random.fork();
    while (Date.now() < until) {
      actor.act();
      // Bursts, as when somebody scans a shelf, and pauses.
      await sleep(random.percent(70) ? random.between(0, 60) : random.between(100, 600));
    }
  });
  await Promise.all([storm(scene, until), ...acting]);
  if (!scene.server.running) await scene.server.start();
  for (const actor of scene.actors) actor.plug(true);
  scene.server.tell({ full: false });
  count(scene, 'repaired');
}

/** Waits until every page shows what the server has; names those that do not get there. */
async function settled(people: readonly Person[], port: number): Promise<string[]> {
  const until = Date.now() + PATIENCE;
  const pages = people.flatMap(({ tabs }) => tabs);
  for (;;) {
    const waiting = pages.filter(({ done }) => !done);
    const { n } = waiting.length === 0 ? await snapshot(port) : { n: -1 };
    const behind = pages.filter(({ state }) => state.n !== n);
    if (behind.length === 0) return [];
    if (Date.now() > until) return behind.map(({ state, outbox }) => `at ${state.n}, ${outbox.pending.length} pending`);
    await sleep(20);
  }
}

/** One page is away while ten thousand messages come; how long, in ms, it takes from its connection to the last one. */
async function catchUp(people: readonly Person[], server: ServerChild, proxy: Proxy): Promise<number> {
  const storage = new MemoryStorage();
  const email = 'writer@acme.com';
  const writer = new Page(proxy.url, {
    email,
    cookie: await identify(server.port, email),
    storage,
    promised: () => undefined,
  });
  const away = people[0]?.tabs[0];
  away?.plug(false);
  await Promise.all(
    Array.from({ length: MISSED }, (_, index) => {
      const id = crypto.randomUUID();
      return writer.outbox.submit('chat:send', { id, text: `missed ${index}` }, email);
    }),
  );
  const { n } = await snapshot(server.port);
  const begin = performance.now();
  away?.plug(true);
  while (away && away.state.n < n && performance.now() - begin < PATIENCE) await sleep(5);
  const took = performance.now() - begin;
  await settled(people, server.port);
  writer.close();
  return took;
}

/** What a page that is opened now would show. */
async function snapshot(port: number): Promise<Snapshot> {
  const storage = new MemoryStorage();
  const page = new Page(`http://127.0.0.1:${port}`, { email: '', cookie: '', storage, promised: () => undefined });
  try {
    for (;;) {
      const answer = await page.request('feed:join', { cursor: null as Cursor | null });
      if (answer.ok && answer.data.mode === 'snapshot') return answer.data;
      await sleep(10);
    }
  } finally {
    page.close();
  }
}
