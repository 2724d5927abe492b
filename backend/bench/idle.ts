import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { identify } from '../test/client.js';
import { Crowd, type Dialect } from './fanout/crowd.js';
import { ServerProcess, type Weight } from './server-process.js';
import { percentile, ratio, type Table } from './table.js';

const CLIENTS = 2_000;
/** Connections that come and go first, so that what a server keeps of its first ones, once, is not counted. */
const EARLIER = 200;
const ROUNDS = 3;
/** Milliseconds for what closing and joining leave behind to be done. */
const SETTLE = 2_500;

const ENGINE: Dialect = { path: '/socket.io/?EIO=4&transport=websocket', engine: true };
const JOINING: Dialect = { ...ENGINE, join: '420["feed:join",{"cursor":null}]' };
const BASELINES = fileURLToPath(new URL('./fanout/baselines.ts', import.meta.url));

interface Variant {
  readonly name: string;
  readonly dialect: Dialect;
  /** Whether it is a bare socket.io server. */
  readonly bare?: true;
  /** Whether each connection carries the cookie of a member of its own; the bare server does not look at it. */
  readonly members?: true;
}

const VARIANTS: readonly Variant[] = [
  { name: 'bare socket.io', dialect: ENGINE, bare: true },
  { name: 'Lonja, connected', dialect: ENGINE },
  { name: 'bare socket.io, joined a room', dialect: JOINING, bare: true, members: true },
  { name: 'Lonja, a member, joined the feed', dialect: JOINING, members: true },
];

/**
 * What a connection costs that does nothing: a page that is open. The first figure has in it what V8 keeps for new objects,
 * some 50 MB of a process that has been busy, however many connections there are; the others do not.
 */
export async function idle(): Promise<Table[]> {
  const rounds: Weight[][] = [];
  const cookies = await members();
  // In turns, so that a change of the machine meets every variant alike.
  for (let round = 0; round < ROUNDS; round++) {
    const each: Weight[] = [];
    for (const variant of VARIANTS) each.push(await measure(variant, cookies));
    rounds.push(each);
  }
  const middle = (index: number, which: keyof Weight) =>
    percentile(
      rounds.flatMap((each) => each[index]?.[which] ?? []),
      0.5,
    );
  const cells = (index: number, which: keyof Weight) => {
    const kilobytes = middle(index, which);
    return [kilobytes.toFixed(1), ratio(kilobytes, middle(0, which))];
  };
  return [
    {
      title: `${CLIENTS} idle connections, KB each (medians of ${ROUNDS} rounds, ratio to the first row)`,
      columns: ['', 'resident', 'ratio', 'after a collection', 'ratio', 'JavaScript of it', 'ratio'],
      rows: VARIANTS.map(({ name }, index) => [
        name,
        ...cells(index, 'found'),
        ...cells(index, 'resident'),
        ...cells(index, 'heap'),
      ]),
    },
  ];
}

const SECRET = 'only for this measurement, never for anything else';

/** Cookies of as many members. The servers share the key, so one of them can make the cookies for all. */
async function members(): Promise<string[]> {
  const { server, end } = await start({ name: '', dialect: ENGINE });
  const cookies: string[] = [];
  for (let index = 0; index < CLIENTS; index++) {
    cookies.push(await identify(server.url, `member-${index}@acme.com`));
  }
  await end();
  return cookies;
}

/** Kilobytes for each connection. */
async function measure(variant: Variant, cookies: readonly string[]): Promise<Weight> {
  const { server, end } = await start(variant);
  const own = variant.members ? cookies : [];
  (await Crowd.gather(server.url, variant.dialect, EARLIER, own)).leave();
  await setTimeout(SETTLE);
  const before = await server.weigh();
  const crowd = await Crowd.gather(server.url, variant.dialect, CLIENTS, own);
  await setTimeout(SETTLE);
  const after = await server.weigh(snapshotFile(variant));
  crowd.leave();
  await end();
  const each = (bytes: number, none: number) => (bytes - none) / CLIENTS / 1_024;
  return {
    found: each(after.found, before.resident),
    resident: each(after.resident, before.resident),
    heap: each(after.heap, before.heap),
  };
}

/** `SNAPSHOTS=folder`: heap snapshots as well, for whoever wants to know what the memory is. */
function snapshotFile({ name }: Variant): string | undefined {
  const folder = process.env['SNAPSHOTS'];
  return folder && join(folder, `${name.replaceAll(/\W+/g, '-')}.heapsnapshot`);
}

async function start({ bare }: Variant): Promise<{ server: ServerProcess; end: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'lonja-bench-'));
  const server = await (bare
    ? ServerProcess.run(['--import', 'tsx', BASELINES, 'socket.io'])
    : ServerProcess.start(folder, [], { SESSION_SECRET: SECRET }));
  const end = async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  };
  return { server, end };
}
