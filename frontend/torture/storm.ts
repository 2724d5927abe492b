import { UNDISTURBED } from './proxy';
import { count, sleep, type Scenario } from './scenario';

const HOUR_MS = 3_600_000;

/** One injected fault; it has ended when it resolves. */
type Fault = (scenario: Scenario, until: number) => Promise<void> | void;

const NETWORK: Readonly<Record<string, Fault>> = {
  'connections cut': ({ random, proxy }) => {
    for (const connection of proxy.connections) if (random.percent(30)) connection.cut();
  },
  'all connections cut': ({ proxy }) => {
    for (const connection of proxy.connections) connection.cut();
  },
  'slow network': async ({ random, proxy }) => {
    proxy.conditions = { delay: random.between(20, 400), slice: 0 };
    await sleep(random.between(300, 2_000));
    proxy.conditions = UNDISTURBED;
  },
  'sliced packets': async ({ random, proxy }) => {
    proxy.conditions = { delay: random.between(0, 30), slice: random.between(1, 60) };
    await sleep(random.between(300, 2_000));
    proxy.conditions = UNDISTURBED;
  },
  'black holes': async ({ random, proxy }) => {
    const lost = proxy.connections.filter(() => random.percent(40));
    for (const connection of lost) connection.dropSilently();
    await sleep(random.between(500, 4_000));
    // A real one lasts until a heartbeat is missed, up to 20 s: some stay, so that the pages have to detect them.
    if (random.percent(80)) for (const connection of lost) connection.cut();
  },
  'stalled readers': async ({ random, proxy }) => {
    const stalled = proxy.connections.filter(() => random.percent(30));
    for (const connection of stalled) connection.stall(true);
    await sleep(random.between(300, 3_000));
    for (const connection of stalled) connection.stall(false);
  },
};

const SERVER: Readonly<Record<string, Fault>> = {
  'kill -9': (scenario) => restart(scenario, 'SIGKILL'),
  'clean restart': (scenario) => restart(scenario, 'SIGTERM'),
};

/** A longer run has periods without a restart, so that a memory leak can grow. */
const LONG_RUN_MS = 120_000;
const PERIOD_WITHOUT_RESTART: Readonly<Record<string, Fault>> = {
  'server without restart': ({ random }, until) => sleep(Math.min(random.between(10_000, 60_000), until - Date.now())),
};

const MACHINE: Readonly<Record<string, Fault>> = {
  'clock jumped': ({ random, server }) => server.inject({ clockOffsetMs: random.between(-24 * HOUR_MS, 24 * HOUR_MS) }),
  'disk full': async ({ random, server }) => {
    server.inject({ diskFull: true });
    await sleep(random.between(200, 2_000));
    server.inject({ diskFull: false });
  },
  // Space for one batch and not for the next: commands that were sent after a refused one may find space.
  'disk almost full': async ({ random, server }) => {
    const until = Date.now() + random.between(500, 3_000);
    for (let diskFull = true; Date.now() < until; diskFull = !diskFull) {
      server.inject({ diskFull });
      await sleep(random.between(0, 30));
    }
    server.inject({ diskFull: false });
  },
};

const OFFLINE: Readonly<Record<string, Fault>> = {
  'machine offline': async ({ random, actors }) => {
    const actor = random.of(actors);
    actor?.setOnline(false);
    await sleep(random.between(500, 4_000));
    actor?.setOnline(true);
  },
};

const PEOPLE: Readonly<Record<string, Fault>> = {
  ...OFFLINE,
  'reloaded while offline': async ({ random, actors }) => {
    const actor = random.of(actors);
    actor?.setOnline(false);
    await sleep(random.between(300, 2_000));
    actor?.reload();
    await sleep(random.between(0, 1_000));
    actor?.setOnline(true);
  },
  'page reloaded': ({ random, actors }) => random.of(actors)?.reload(),
};

async function restart({ random, server }: Scenario, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  await server.stop(signal);
  await sleep(random.between(0, 800));
  await server.start();
}

/** Injects faults, up to one of each kind at a time, until that instant (ms since 1970); all have ended when it resolves. */
export async function storm(scenario: Scenario, until: number): Promise<void> {
  const server = until - Date.now() > LONG_RUN_MS ? { ...SERVER, ...PERIOD_WITHOUT_RESTART } : SERVER;
  const lanes = [lane(scenario, NETWORK, until), lane(scenario, server, until)];
  if (scenario.canInjectFaults) lanes.push(lane(scenario, MACHINE, until));
  lanes.push(lane(scenario, scenario.reloads ? PEOPLE : OFFLINE, until));
  await Promise.all(lanes);
}

/** Faults of one kind do not overlap: a server that is being restarted is not killed at the same time. */
async function lane(scenario: Scenario, faults: Readonly<Record<string, Fault>>, until: number): Promise<void> {
  const random = scenario.random.fork();
  const own = { ...scenario, random };
  while (Date.now() < until) {
    await sleep(Math.min(random.between(200, 4_000), Math.max(0, until - Date.now())));
    const name = random.of(Object.keys(faults)) ?? '';
    if (Date.now() >= until) return;
    count(scenario, name);
    await faults[name]?.(own, until);
  }
}
