import type { Cursor, Snapshot } from 'backend/contract';
import { MemoryStorage } from '../src/app/realtime/outbox-storage';
import { Identities } from './identities';
import { Leavers } from './leavers';
import { PROGRAM } from './lonja';
import { indexDifferences } from './index-check';
import { journalIn, verify } from './verify';
import { Page } from './page';
import { Ledger, Person } from './person';
import { Proxy } from './proxy';
import { Random } from './random';
import { MemoryMonitor } from './memory-monitor';
import { count, sleep, type Scenario } from './scenario';
import { none, type Score } from './scorecard';
import { ServerChild } from './server-child';
import { ServerContainer } from './server-container';
import { storm } from './storm';

export interface Options {
  readonly seed: number;
  readonly seconds: number;
  readonly people: number;
  /** Whether nothing else runs on this machine, so that durations and memory are checked. */
  readonly timed: boolean;
  /** The image of a container that the server runs in; otherwise the built server is a process. */
  readonly image?: string | undefined;
}

const CATCH_UP_TIMEOUT_MS = 40_000;
const MISSED_RECORDS = 10_000;

/** Runs our server and our page's own feed and outbox in a storm of faults, and checks the result. */
export async function tortureOurs(options: Options): Promise<{ scores: Score[]; notes: string[] }> {
  const random = new Random(options.seed);
  const identities = await Identities.open();
  const server = options.image
    ? new ServerContainer(options.image, identities.environment)
    : new ServerChild(PROGRAM, identities.environment);
  await server.start();
  const proxy = await Proxy.start(() => server.port);
  const ledger = new Ledger();
  const signIn = async (name: string) => {
    const cookie = await identities.signIn(() => server.port, `${name}@acme.com`);
    if (!cookie) throw new Error(`${name} could not identify`);
    return cookie;
  };
  const observer = await signIn('observer');
  const people = await createPeople(options, { random, signIn, proxy, ledger });
  const counts = new Map<string, number>();
  const scenario: Scenario = {
    random,
    proxy,
    server,
    actors: people,
    canInjectFaults: !options.image,
    reloads: true,
    counts,
  };
  const leavers = new Leavers(scenario, identities, await signIn('root'));
  const memory = new MemoryMonitor(server);
  try {
    await runScenario(scenario, options.seconds, leavers);
    const grown = options.timed ? memory.growth : [];
    for (const person of people) person.deliverReliably();
    proxy.repair();
    const repaired = performance.now();
    const newest = () => snapshot(server.port, observer);
    const caughtUp = await untilCaughtUp(people, newest);
    const took = performance.now() - repaired;
    const missed = await catchUp(people, { cookie: await signIn('writer'), proxy, newest });
    const fresh = await newest();
    const differences = await indexDifferences(server, fresh, observer);
    const records = journalIn(server.folder);
    const late = options.timed && missed > 1_000 ? [`${missed.toFixed(0)} ms`] : [];
    const scores = [
      ...verify(ledger, people, records, fresh),
      none('pages that did not come back within 40 s', caughtUp),
      none('records of people who had been signed out or removed', leavers.violations(records)),
      none('answers of the index that one built anew does not give', differences),
      none('server processes that ended by themselves', server.unexpectedExits),
      none('kinds of memory that went over their bounds', [...grown, ...memory.excess]),
      none(`catch-ups with ${MISSED_RECORDS} missed records in more than 1 s`, late),
    ];
    const faults = [...counts].map(([what, times]) => `${what} ${times}×`).join(', ');
    const notes = [
      `${ledger.submitted.length} commands submitted, ${ledger.acknowledged.size} acknowledged, ${records.length} records, ${server.starts} starts`,
      faults,
      leavers.summary,
      `all pages right ${took.toFixed(0)} ms after the last repair; ${MISSED_RECORDS} missed records applied in ${missed.toFixed(0)} ms`,
      `server memory: ${memory.summary}; connections closed by a missed heartbeat: ${ledger.heartbeatTimeouts}`,
    ];
    return { scores, notes };
  } finally {
    memory.stop();
    for (const person of people) person.close();
    proxy.close();
    await server.stop('SIGKILL');
    server.remove();
    await identities.close();
  }
}

type Environment = Pick<Scenario, 'random' | 'proxy'> & {
  readonly ledger: Ledger;
  /** The cookie of somebody of that name. */
  readonly signIn: (name: string) => Promise<string>;
};

async function createPeople({ people }: Options, { random, signIn, proxy, ledger }: Environment): Promise<Person[]> {
  const names = Array.from({ length: people }, (_, index) => `person-${index}`);
  const cookies = await Promise.all(names.map(signIn));
  return names.map((name, index) => {
    const email = `${name}@acme.com`;
    const own = { random: random.fork(), tabs: index % 3 === 0 ? 2 : 1, locks: index % 2 === 0 };
    return new Person({ url: proxy.url, email, cookie: cookies[index] ?? '', ledger, ...own });
  });
}

/** Everybody submits commands while faults are injected. */
async function runScenario(scenario: Scenario, seconds: number, leavers: Leavers): Promise<void> {
  const until = Date.now() + seconds * 1_000;
  const acting = scenario.actors.map(async (actor) => {
    const random = scenario.random.fork();
    while (Date.now() < until) {
      actor.act();
      // Bursts, as when somebody scans barcodes, and pauses.
      await sleep(random.percent(70) ? random.between(0, 60) : random.between(100, 600));
    }
  });
  await Promise.all([storm(scenario, until), leavers.run(until), ...acting]);
  if (!scenario.server.running) await scenario.server.start();
  for (const actor of scenario.actors) actor.setOnline(true);
  scenario.server.inject({ diskFull: false });
  count(scenario, 'repaired');
}

/** Waits until every page has the newest record of the server; returns the pages that do not get there. */
async function untilCaughtUp(people: readonly Person[], newest: () => Promise<Snapshot>): Promise<string[]> {
  const until = Date.now() + CATCH_UP_TIMEOUT_MS;
  const pages = people.flatMap(({ tabs }) => tabs);
  for (;;) {
    const waiting = pages.filter(({ done }) => !done);
    const { n } = waiting.length === 0 ? await newest() : { n: -1 };
    const late = pages.filter(({ state }) => state.n !== n);
    if (late.length === 0) return [];
    if (Date.now() > until) return late.map(({ state, outbox }) => `at ${state.n}, ${outbox.pending.length} pending`);
    await sleep(20);
  }
}

/** One page is offline while 10,000 messages are stored; the ms from its reconnection to the last of them. */
async function catchUp(
  people: readonly Person[],
  { cookie, proxy, newest }: { cookie: string; proxy: Proxy; newest: () => Promise<Snapshot> },
): Promise<number> {
  const storage = new MemoryStorage();
  const email = 'writer@acme.com';
  const writer = new Page(proxy.url, {
    email,
    cookie,
    storage,
    acknowledged: () => undefined,
  });
  const away = people[0]?.tabs[0];
  away?.setOnline(false);
  await Promise.all(
    Array.from({ length: MISSED_RECORDS }, (_, index) => {
      const id = crypto.randomUUID();
      return writer.outbox.submit('chat:send', { id, text: `missed ${index}` }, email);
    }),
  );
  const { n } = await newest();
  const begin = performance.now();
  away?.setOnline(true);
  while (away && away.state.n < n && performance.now() - begin < CATCH_UP_TIMEOUT_MS) await sleep(5);
  const took = performance.now() - begin;
  await untilCaughtUp(people, newest);
  writer.close();
  return took;
}

/** The snapshot that a page gets which is opened now. */
async function snapshot(port: number, cookie: string): Promise<Snapshot> {
  const storage = new MemoryStorage();
  const page = new Page(`http://127.0.0.1:${port}`, { email: '', cookie, storage, acknowledged: () => undefined });
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
