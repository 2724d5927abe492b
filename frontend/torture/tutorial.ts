import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { io, type Socket } from 'socket.io-client';
import type { Options } from './ours';
import { Proxy } from './proxy';
import { Random } from './random';
import { sleep, type Actor, type Scenario } from './scenario';
import { ServerChild } from './server-child';
import { storm } from './storm';

const PROGRAM = [fileURLToPath(new URL('tutorial-server.ts', import.meta.url))];
/** Time to catch up after the last repair, before losses are counted. */
const RECOVERY_TIME_MS = 10_000;

interface TutorialEvents {
  'chat message': (content: string, offset: number) => void;
}
interface TutorialRequests {
  'chat message': (content: string, offset: string, callback: (error: Error | null) => void) => void;
}

/** The page of the tutorial: offsets from `socket.id` and a counter, `retries`, and the number of the last row it saw. */
class TutorialPage implements Actor {
  readonly shown: string[] = [];
  readonly sent: string[] = [];
  readonly acknowledged = new Set<string>();
  /** Messages that socket.io discarded after its last retry. */
  readonly dropped = new Set<string>();
  private readonly socket: Socket<TutorialEvents, TutorialRequests>;
  private readonly auth = { serverOffset: 0 };
  private counter = 0;

  /** Only a connected page has been able to catch up. */
  get connected(): boolean {
    return this.socket.connected;
  }

  constructor(url: string) {
    const options = { transports: ['websocket'], forceNew: true, reconnectionDelay: 100, reconnectionDelayMax: 1_000 };
    this.socket = io(url, { ...options, auth: this.auth, ackTimeout: 2_000, retries: 3 });
    this.socket.on('chat message', (content, offset) => {
      this.shown.push(content);
      this.auth.serverOffset = offset;
    });
  }

  act(): void {
    const content = randomUUID();
    this.sent.push(content);
    const offset = `${this.socket.id}-${this.counter++}`;
    this.socket.emit('chat message', content, offset, (error) => {
      (error ? this.dropped : this.acknowledged).add(content);
    });
  }

  /** Not used: every message without an acknowledgement would be lost. */
  reload(): void {
    this.setOnline(false);
    this.setOnline(true);
  }

  setOnline(online: boolean): void {
    if (online) this.socket.connect();
    else this.socket.disconnect();
  }

  close(): void {
    this.socket.disconnect();
  }
}

/** The same storm, without the faults that the tutorial does not claim to survive: reloads, a wrong clock, a full disk. */
export async function tortureTutorial(options: Options): Promise<{ found: number; notes: string[] }> {
  const random = new Random(options.seed);
  const server = new ServerChild(PROGRAM);
  await server.start();
  const proxy = await Proxy.start(() => server.port);
  const pages = Array.from({ length: options.people }, () => new TutorialPage(proxy.url));
  const counts = new Map<string, number>();
  const scenario: Scenario = { random, proxy, server, actors: pages, canInjectFaults: false, reloads: false, counts };
  try {
    const until = Date.now() + options.seconds * 1_000;
    await Promise.all([storm(scenario, until), ...pages.map((page) => chat(page, random.fork(), until))]);
    if (!server.running) await server.start();
    for (const page of pages) page.setOnline(true);
    proxy.repair();
    await sleep(RECOVERY_TIME_MS);
    return verdict(pages, storedIn(server.folder));
  } finally {
    for (const page of pages) page.close();
    proxy.close();
    await server.stop('SIGKILL');
    server.remove();
  }
}

async function chat(page: TutorialPage, random: Random, until: number): Promise<void> {
  while (Date.now() < until) {
    page.act();
    await sleep(random.percent(70) ? random.between(0, 60) : random.between(100, 600));
  }
}

function storedIn(folder: string): string[] {
  const database = new DatabaseSync(join(folder, 'chat.db'));
  const rows = database.prepare('SELECT content FROM messages ORDER BY id').all() as { content: string }[];
  database.close();
  return rows.map(({ content }) => content);
}

function verdict(pages: readonly TutorialPage[], rows: readonly string[]): { found: number; notes: string[] } {
  const stored = new Set(rows);
  const sent = pages.flatMap((page) => page.sent);
  const acknowledged = pages.flatMap((page) => [...page.acknowledged]);
  const back = pages.filter(({ connected }) => connected);
  const sum = (figure: (page: TutorialPage) => number): number => back.reduce((all, page) => all + figure(page), 0);
  const dropped = pages.flatMap((page) => [...page.dropped]).filter((content) => !stored.has(content)).length;
  const broken = acknowledged.filter((content) => !stored.has(content)).length;
  const doubled = rows.length - stored.size;
  const missing = sum(({ shown }) => rows.length - new Set(shown.filter((content) => stored.has(content))).size);
  const twice = sum(({ shown }) => shown.length - new Set(shown).size);
  const notes = [
    `${sent.length} messages sent, ${acknowledged.length} acknowledged, ${rows.length} stored`,
    `acknowledged and not stored: ${broken}; discarded after three retries: ${dropped}; stored twice: ${doubled}`,
    `stored and not shown on some page: ${missing}; shown twice on some page: ${twice}`,
  ];
  return { found: broken + dropped + missing + doubled, notes };
}
