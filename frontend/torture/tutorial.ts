import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { io, type Socket } from 'socket.io-client';
import type { Options } from './ours';
import { Proxy } from './proxy';
import { Random } from './random';
import { sleep, type Actor, type Scene } from './scene';
import { ServerChild } from './server-child';
import { storm } from './storm';

const PROGRAM = [fileURLToPath(new URL('tutorial-server.ts', import.meta.url))];
/** ms, after the last repair. What is still on its way then does not count as lost. */
const TIME_TO_RECOVER = 10_000;

interface TutorialEvents {
  'chat message': (content: string, offset: number) => void;
}
interface TutorialRequests {
  'chat message': (content: string, offset: string, callback: (error: Error | null) => void) => void;
}

/** The page of the tutorial: offsets from `socket.id` and a counter, `retries`, and the number of the last row it saw. */
class TutorialPage implements Actor {
  readonly shown: string[] = [];
  readonly given: string[] = [];
  readonly acknowledged = new Set<string>();
  /** What `retries` has given up. */
  readonly dropped = new Set<string>();
  private readonly socket: Socket<TutorialEvents, TutorialRequests>;
  private readonly auth = { serverOffset: 0 };
  private counter = 0;

  /** Whether it has had the chance to catch up. */
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
    this.given.push(content);
    const offset = `${this.socket.id}-${this.counter++}`;
    this.socket.emit('chat message', content, offset, (error) => {
      (error ? this.dropped : this.acknowledged).add(content);
    });
  }

  /** Not part of the play: everything that is not acknowledged would be gone. */
  reload(): void {
    this.plug(false);
    this.plug(true);
  }

  plug(online: boolean): void {
    if (online) this.socket.connect();
    else this.socket.disconnect();
  }

  close(): void {
    this.socket.disconnect();
  }
}

/** The same storm, without what only a stronger server has to stand: reloads, a wrong clock, a full disk. */
export async function tortureTutorial(options: Options): Promise<{ found: number; notes: string[] }> {
  const random = new Random(options.seed);
  const server = new ServerChild(PROGRAM);
  await server.start();
  const proxy = await Proxy.start(() => server.port);
  const pages = Array.from({ length: options.people }, () => new TutorialPage(proxy.url));
  const happened = new Map<string, number>();
  const scene: Scene = { random, proxy, server, actors: pages, mischievous: false, reloads: false, happened };
  try {
    const until = Date.now() + options.seconds * 1_000;
    await Promise.all([storm(scene, until), ...pages.map((page) => chat(page, random.fork(), until))]);
    if (!server.running) await server.start();
    for (const page of pages) page.plug(true);
    proxy.repair();
    await sleep(TIME_TO_RECOVER);
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
  const given = pages.flatMap((page) => page.given);
  const acknowledged = pages.flatMap((page) => [...page.acknowledged]);
  const back = pages.filter(({ connected }) => connected);
  const sum = (figure: (page: TutorialPage) => number): number => back.reduce((all, page) => all + figure(page), 0);
  const dropped = pages.flatMap((page) => [...page.dropped]).filter((content) => !stored.has(content)).length;
  const broken = acknowledged.filter((content) => !stored.has(content)).length;
  const doubled = rows.length - stored.size;
  const missing = sum(({ shown }) => rows.length - new Set(shown.filter((content) => stored.has(content))).size);
  const twice = sum(({ shown }) => shown.length - new Set(shown).size);
  const notes = [
    `${given.length} messages given, ${acknowledged.length} acknowledged, ${rows.length} stored`,
    `acknowledged and not stored: ${broken}; given up after three retries: ${dropped}; stored twice: ${doubled}`,
    `stored and not shown on some page: ${missing}; shown twice on some page: ${twice}`,
  ];
  return { found: broken + dropped + missing + doubled, notes };
}
