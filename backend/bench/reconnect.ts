import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { WebSocket } from 'ws';
import { Client } from '../test/client.js';
import { connect, Crowd, type Protocol } from './fanout/crowd.js';
import { Sender } from './fanout/sender.js';
import { folderWithMessages } from './journal-maker.js';
import { Members } from './members.js';
import { ServerProcess } from './server-process.js';
import { percentile, ratio, type Table } from './table.js';

const CLIENTS = 2_000;
/** Records that every client has missed. */
const MISSED = [0, 300];
const STORED = 1_000;
const ROUNDS = 3;
/** Milliseconds between two messages during the reconnection. */
const INTERVAL = 100;

const ENGINE: Protocol = { path: '/socket.io/?EIO=4&transport=websocket', engine: true };
const BASELINES = fileURLToPath(new URL('./fanout/baselines.ts', import.meta.url));

/** Seconds from the moment at which the server listens. */
interface Times {
  /** When the last has been answered. */
  readonly answered: number;
  /** When the last has also received the next live record. */
  readonly live: number;
}

/** A kind of server that can be killed and started again on the same folder. */
interface Kind {
  readonly name: string;
  readonly start: (port: number, folder: string) => Promise<ServerProcess>;
  readonly members: boolean;
}

const KINDS: readonly Kind[] = [
  {
    name: 'bare socket.io',
    members: false,
    start: (port) =>
      ServerProcess.run(['--import', 'tsx', BASELINES, 'socket.io', String(STORED)], { PORT: String(port) }),
  },
  {
    name: 'Lonja',
    members: true,
    start: (port, folder) =>
      ServerProcess.start(folder, [], { ...Members.settings, PORT: String(port), LOG_LEVEL: 'log' }),
  },
];

/** The server is killed with thousands of pages connected, starts again, and all of them reconnect at the same time. */
export async function reconnect(): Promise<Table[]> {
  const tables: Table[] = [];
  const members = await Members.of(CLIENTS);
  for (const missed of MISSED) {
    const rounds: Times[][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const each: Times[] = [];
      for (const kind of KINDS) each.push(await measure(kind, missed, members));
      rounds.push(each);
    }
    const medianOf = (index: number, which: keyof Times) =>
      percentile(
        rounds.flatMap((each) => each[index]?.[which] ?? []),
        0.5,
      );
    tables.push({
      title: `${CLIENTS} clients come back at once, ${missed} records missed (medians of ${ROUNDS} rounds)`,
      columns: ['', 'all answered, s', 'ratio', 'all live, s', 'ratio'],
      rows: KINDS.map(({ name }, index) => [
        name,
        ...(['answered', 'live'] as const).flatMap((which) => [
          medianOf(index, which).toFixed(2),
          ratio(medianOf(index, which), medianOf(0, which)),
        ]),
      ]),
    });
  }
  return tables;
}

async function measure(kind: Kind, missed: number, members: Members): Promise<Times> {
  const folder = await folderWithMessages(STORED);
  const before = await kind.start(0, folder);
  const port = Number(new URL(before.url).port);
  const journal = kind.members ? await journalOf(before.url) : 'none';
  const own = kind.members ? members.cookies : [];
  const cursor = JSON.stringify({ journal, n: STORED - missed });
  const crowd = await Crowd.open(
    before.url,
    { ...ENGINE, join: `420["feed:join",{"cursor":${cursor}}]` },
    CLIENTS,
    own,
  );
  await before.kill();
  crowd.close();
  const server = await kind.start(port, folder);
  const times = await comeBack(server.url, cursor, own);
  await server.stop();
  await rm(folder, { recursive: true });
  return times;
}

async function comeBack(url: string, cursor: string, cookies: readonly string[]): Promise<Times> {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1_000;
  const speaking = speak(url, cookies[0] ?? '');
  const all = Array.from({ length: CLIENTS }, (_, index) => new Returning(url, cursor, cookies[index]));
  await Promise.all(all.map(({ answered }) => answered));
  const answered = seconds();
  await Promise.all(all.map(({ live }) => live));
  const live = seconds();
  (await speaking)();
  for (const one of all) one.close();
  return { answered, live };
}

/** A client that joins as soon as it is connected. */
class Returning {
  readonly answered: Promise<undefined>;
  readonly live: Promise<undefined>;
  private socket: WebSocket | undefined;

  constructor(url: string, cursor: string, cookie: string | undefined) {
    const [answered, live] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    this.answered = answered.promise;
    this.live = live.promise;
    const address = `${url.replace('http', 'ws')}${ENGINE.path}`;
    connect(address, true, cookie === undefined ? {} : { cookie }).then((socket) => {
      this.socket = socket;
      let joined = false;
      socket.on('message', (frame: Buffer) => {
        const start = frame.toString('latin1', 0, 8);
        if (start.startsWith('430[')) {
          joined = true;
          answered.resolve(undefined);
        } else if (joined && start.startsWith('42["feed')) live.resolve(undefined);
      });
      socket.send(`420["feed:join",{"cursor":${cursor}}]`);
    }, answered.reject);
  }

  close(): void {
    this.socket?.terminate();
  }
}

/** Sends ten messages a second, until the returned function is called. */
async function speak(url: string, cookie: string): Promise<() => void> {
  const sender = await Sender.connect(url, ENGINE, cookie);
  const timer = setInterval(() => void sender.send(), INTERVAL);
  return () => {
    clearInterval(timer);
    sender.close();
  };
}

async function journalOf(url: string): Promise<string> {
  const client = await Client.connect(url);
  const { journal } = await client.join(null);
  client.close();
  return journal;
}
