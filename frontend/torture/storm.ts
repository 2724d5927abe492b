import { CALM } from './proxy';
import { count, sleep, type Scene } from './scene';

const HOUR = 3_600_000;

/** One thing that goes wrong, and is over when it resolves. */
type Trouble = (scene: Scene, until: number) => Promise<void> | void;

const NETWORK: Readonly<Record<string, Trouble>> = {
  'connections cut': ({ random, proxy }) => {
    for (const line of proxy.lines) if (random.percent(30)) line.cut();
  },
  'all connections cut': ({ proxy }) => {
    for (const line of proxy.lines) line.cut();
  },
  'slow network': async ({ random, proxy }) => {
    proxy.weather = { delay: random.between(20, 400), slice: 0 };
    await sleep(random.between(300, 2_000));
    proxy.weather = CALM;
  },
  'sliced packets': async ({ random, proxy }) => {
    proxy.weather = { delay: random.between(0, 30), slice: random.between(1, 60) };
    await sleep(random.between(300, 2_000));
    proxy.weather = CALM;
  },
  'black holes': async ({ random, proxy }) => {
    const lost = proxy.lines.filter(() => random.percent(40));
    for (const line of lost) line.swallow();
    await sleep(random.between(500, 4_000));
    // A real one lasts until a heartbeat is missed, up to 20 s: some are left, to be noticed by the pages.
    if (random.percent(80)) for (const line of lost) line.cut();
  },
  'stalled readers': async ({ random, proxy }) => {
    const stalled = proxy.lines.filter(() => random.percent(30));
    for (const line of stalled) line.stall(true);
    await sleep(random.between(300, 3_000));
    for (const line of stalled) line.stall(false);
  },
};

const SERVER: Readonly<Record<string, Trouble>> = {
  'kill -9': (scene) => restart(scene, 'SIGKILL'),
  'clean restart': (scene) => restart(scene, 'SIGTERM'),
};

/** ms. A run that is longer leaves the server alone at times, so that what it keeps can add up. */
const LONG = 120_000;
const LEFT_ALONE: Readonly<Record<string, Trouble>> = {
  'server left alone': ({ random }, until) => sleep(Math.min(random.between(10_000, 60_000), until - Date.now())),
};

const MACHINE: Readonly<Record<string, Trouble>> = {
  'clock jumped': ({ random, server }) => server.tell({ shift: random.between(-24 * HOUR, 24 * HOUR) }),
  'disk full': async ({ random, server }) => {
    server.tell({ full: true });
    await sleep(random.between(200, 2_000));
    server.tell({ full: false });
  },
  // Space for one batch and not for the next: what is on its way behind a refused command may find some.
  'disk all but full': async ({ random, server }) => {
    const until = Date.now() + random.between(500, 3_000);
    for (let full = true; Date.now() < until; full = !full) {
      server.tell({ full });
      await sleep(random.between(0, 30));
    }
    server.tell({ full: false });
  },
};

const PLUGS: Readonly<Record<string, Trouble>> = {
  'machine offline': async ({ random, actors }) => {
    const actor = random.of(actors);
    actor?.plug(false);
    await sleep(random.between(500, 4_000));
    actor?.plug(true);
  },
};

const PEOPLE: Readonly<Record<string, Trouble>> = {
  ...PLUGS,
  'reloaded while offline': async ({ random, actors }) => {
    const actor = random.of(actors);
    actor?.plug(false);
    await sleep(random.between(300, 2_000));
    actor?.reload();
    await sleep(random.between(0, 1_000));
    actor?.plug(true);
  },
  'page reloaded': ({ random, actors }) => random.of(actors)?.reload(),
};

async function restart({ random, server }: Scene, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  await server.stop(signal);
  await sleep(random.between(0, 800));
  await server.start();
}

/** Lets things go wrong, one to three at a time, until that instant (ms); everything is over when it resolves. */
export async function storm(scene: Scene, until: number): Promise<void> {
  const server = until - Date.now() > LONG ? { ...SERVER, ...LEFT_ALONE } : SERVER;
  const lanes = [lane(scene, NETWORK, until), lane(scene, server, until)];
  if (scene.mischievous) lanes.push(lane(scene, MACHINE, until));
  lanes.push(lane(scene, scene.reloads ? PEOPLE : PLUGS, until));
  await Promise.all(lanes);
}

/** Troubles of one kind do not overlap: a server that is being restarted is not killed at the same time. */
async function lane(scene: Scene, troubles: Readonly<Record<string, Trouble>>, until: number): Promise<void> {
  const random = scene.random.fork();
  const own = { ...scene, random };
  while (Date.now() < until) {
    await sleep(Math.min(random.between(200, 4_000), Math.max(0, until - Date.now())));
    const name = random.of(Object.keys(troubles)) ?? '';
    if (Date.now() >= until) return;
    count(scene, name);
    await troubles[name]?.(own, until);
  }
}
