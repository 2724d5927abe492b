import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Ack, ClientEvents, JournalRecord, ServerEvents, Stored } from 'backend/contract';
import { io, type Socket } from 'socket.io-client';
import type { Identities } from './identities';
import { type Scenario, count, sleep } from './scenario';

/** Bytes at the end of the journal in which its last record is. */
const TAIL_BYTES = 64 * 1_024;

type Connected = Socket<ServerEvents, ClientEvents>;

/**
 * People who come, write without pause, and are signed out or removed while they do, over and over. What they had under way when the
 * end was acknowledged may be stored before it, and nothing after it.
 */
export class Leavers {
  private readonly ends: { readonly email: string; readonly n: number }[] = [];
  private sent = 0;

  constructor(
    private readonly scenario: Scenario,
    private readonly identities: Identities,
    /** The cookie of an admin. */
    private readonly root: string,
  ) {}

  /** Until that instant (ms since 1970). */
  async run(until: number): Promise<void> {
    const random = this.scenario.random.fork();
    for (let number = 0; Date.now() < until; number++) {
      const email = `leaver-${number}@acme.com`;
      const cookie = await this.identities.signIn(() => this.scenario.server.port, email);
      if (!cookie || Date.now() >= until) continue;
      const isRemoved = random.percent(50);
      await this.come(email, cookie, { writes: random.between(300, 2_000), isRemoved });
      await sleep(random.between(0, 3_000));
    }
  }

  /** Records of somebody who had left before. */
  violations(records: readonly JournalRecord[]): string[] {
    return this.ends.flatMap(({ email, n }) =>
      records
        .filter((record) => record.by === email && record.n > n)
        .map((record) => `${email} ended at ${n}: ${record.n}`),
    );
  }

  get summary(): string {
    return `${this.ends.length} people signed out or removed while they wrote, ${this.sent} messages`;
  }

  private async come(email: string, cookie: string, how: { readonly writes: number; readonly isRemoved: boolean }) {
    const socket = this.connect(cookie);
    const writing = setInterval(() => {
      this.sent++;
      socket.emit('chat:send', { id: crypto.randomUUID(), text: `from ${email}` });
    }, 5);
    await sleep(how.writes);
    const n = how.isRemoved ? await this.remove(email) : await this.signOut(cookie);
    if (n !== undefined) this.ends.push({ email, n });
    count(this.scenario, how.isRemoved ? 'member removed' : 'session ended');
    // Goes on as a page would that has not noticed, also with new connections of the old cookie.
    await sleep(1_000);
    clearInterval(writing);
    socket.disconnect();
  }

  private connect(cookie: string): Connected {
    const options = { transports: ['websocket'], forceNew: true, reconnectionDelay: 20, reconnectionDelayMax: 200 };
    return io(this.scenario.proxy.url, { ...options, extraHeaders: { cookie } });
  }

  /** The last record when the end was acknowledged; undefined where it was not, in a server that was killed. */
  private async signOut(cookie: string): Promise<number | undefined> {
    for (let attempt = 0; attempt < 20; attempt++) {
      const url = `http://127.0.0.1:${this.scenario.server.port}/api/session`;
      const answer = await fetch(url, { method: 'DELETE', headers: { cookie } }).catch(() => undefined);
      if (answer?.status === 204) return this.lastRecord();
      await sleep(200);
    }
    return undefined;
  }

  /** The number of the removal. */
  private async remove(member: string): Promise<number | undefined> {
    const id = crypto.randomUUID();
    const socket: Connected = io(`http://127.0.0.1:${this.scenario.server.port}`, {
      transports: ['websocket'],
      forceNew: true,
      extraHeaders: { cookie: this.root },
    });
    try {
      const command = { id, member, access: 'none' as const };
      const answer = (await socket.timeout(3_000).emitWithAck('member:access', command)) as Ack<Stored>;
      return answer.ok ? answer.data.n : undefined;
    } catch {
      // Killed meanwhile: whether it is stored nobody said, so nothing is promised.
      return undefined;
    } finally {
      socket.disconnect();
    }
  }

  private lastRecord(): number | undefined {
    const file = openSync(join(this.scenario.server.folder, 'journal.jsonl'), 'r');
    try {
      const { size } = fstatSync(file);
      const from = Math.max(0, size - TAIL_BYTES);
      const tail = Buffer.alloc(size - from);
      readSync(file, tail, 0, tail.length, from);
      const numbers = tail.toString().matchAll(/,"n":(\d+),"durable":/g);
      return [...numbers].map(([, n]) => Number(n)).at(-1);
    } finally {
      closeSync(file);
    }
  }
}
