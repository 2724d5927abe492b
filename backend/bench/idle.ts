import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Crowd, type Protocol } from './fanout/crowd.js';
import { Members } from './members.js';
import { ServerProcess, type MemoryUse } from './server-process.js';
import { percentile, ratio, type Table } from './table.js';

const CLIENTS = 2_000;
/** Connections that are opened and closed first, so that memory that a server allocates only once is not counted. */
const WARM_UP_CONNECTIONS = 200;
const ROUNDS = 3;
/** Time for the server's work after clients have closed or joined. */
const SETTLE_TIME_MS = 2_500;

const ENGINE: Protocol = { path: '/socket.io/?EIO=4&transport=websocket', engine: true };
const JOINING: Protocol = { ...ENGINE, join: '420["feed:join",{"cursor":null}]' };
const BASELINES = fileURLToPath(new URL('./fanout/baselines.ts', import.meta.url));

interface Variant {
  readonly name: string;
  readonly protocol: Protocol;
  /** Whether it is a bare socket.io server. */
  readonly bare?: true;
  /** Whether each connection carries the cookie of a member of its own; the bare server ignores it. */
  readonly members?: true;
}

const VARIANTS: readonly Variant[] = [
  { name: 'bare socket.io', protocol: ENGINE, bare: true },
  { name: 'Lonja, connected', protocol: ENGINE },
  { name: 'bare socket.io, joined a room', protocol: JOINING, bare: true, members: true },
  { name: 'Lonja, a member, joined the feed', protocol: JOINING, members: true },
];

/**
 * The memory of an idle connection: a page that is open. The first figure includes the space that V8 keeps for new objects,
 * some 50 MB of a busy process, however many connections there are; the others do not.
 */
export async function idle(): Promise<Table[]> {
  const rounds: MemoryUse[][] = [];
  const members = await Members.of(CLIENTS);
  // In turns, so that a change of the machine affects every variant alike.
  for (let round = 0; round < ROUNDS; round++) {
    const each: MemoryUse[] = [];
    for (const variant of VARIANTS) each.push(await measure(variant, members));
    rounds.push(each);
  }
  await members.end();
  const medianOf = (index: number, which: keyof MemoryUse) =>
    percentile(
      rounds.flatMap((each) => each[index]?.[which] ?? []),
      0.5,
    );
  const cells = (index: number, which: keyof MemoryUse) => {
    const kilobytes = medianOf(index, which);
    return [kilobytes.toFixed(1), ratio(kilobytes, medianOf(0, which))];
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

/** Kilobytes for each connection. */
async function measure(variant: Variant, members: Members): Promise<MemoryUse> {
  const { server, end } = await start(variant, members);
  const own = variant.members ? members.cookies : [];
  (await Crowd.open(server.url, variant.protocol, WARM_UP_CONNECTIONS, own)).close();
  await setTimeout(SETTLE_TIME_MS);
  const before = await server.measureMemory();
  const crowd = await Crowd.open(server.url, variant.protocol, CLIENTS, own);
  await setTimeout(SETTLE_TIME_MS);
  const after = await server.measureMemory(snapshotFile(variant));
  crowd.close();
  await end();
  const each = (bytes: number, none: number) => (bytes - none) / CLIENTS / 1_024;
  return {
    found: each(after.found, before.resident),
    resident: each(after.resident, before.resident),
    heap: each(after.heap, before.heap),
  };
}

/** `SNAPSHOTS=folder`: also writes heap snapshots, to see what the memory consists of. */
function snapshotFile({ name }: Variant): string | undefined {
  const folder = process.env['SNAPSHOTS'];
  return folder && join(folder, `${name.replaceAll(/\W+/g, '-')}.heapsnapshot`);
}

async function start(
  { bare }: Variant,
  members: Members,
): Promise<{ server: ServerProcess; end: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'lonja-bench-'));
  await members.furnish(folder);
  const server = await (bare
    ? ServerProcess.run(['--import', 'tsx', BASELINES, 'socket.io'])
    : ServerProcess.start(folder, [], Members.settings));
  const end = async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  };
  return { server, end };
}
