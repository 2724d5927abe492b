import { randomUUID } from 'node:crypto';
import type { Ack, JournalRecord, Refused, SendMessage, Stored } from '../src/contract/index.js';
import { Client, identify } from './client.js';

/** Commands of one member that are under way at once. */
const UNDER_WAY = 3;
/** Of so many members one follows the feed: the process of the test must read every packet for each who does. */
const FOLLOWER = 20;

/** Many members, each over a connection of its own, who outlive the server: what has no answer they send again. */
export class Crowd {
  /** Whether they go on to new messages; if not, they only want their answers. */
  busy = true;
  /** Connections that have stood since the last `meet`, and answers that came over them. */
  connected = 0;
  answers = 0;
  /** How often a command was sent again, in all. */
  resent = 0;
  readonly refused: Refused[] = [];
  private changed: () => void = () => undefined;

  private constructor(readonly members: Member[]) {}

  /** So many members, identified; the server knows them again after its restarts. */
  static async of(count: number, url: string): Promise<Crowd> {
    const crowd = new Crowd([]);
    for (let index = 0; index < count; index++) {
      const email = `member${index}@acme.com`;
      const follows = index % FOLLOWER === 0;
      crowd.members.push(new Member(email, await identify(url, email), follows, crowd));
    }
    return crowd;
  }

  /** All connect, send again what has no answer, and go on. Resolves when each has, or has found nobody. */
  async meet(url: string): Promise<void> {
    this.connected = 0;
    this.answers = 0;
    await Promise.all(this.members.map((member) => member.meet(url)));
  }

  leave(): void {
    for (const member of this.members) member.leave();
  }

  /** Waits until something that a member notes makes it true. */
  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      this.changed = () => resolve(undefined);
      await promise;
    }
  }

  note(what: 'connected' | 'answers'): void {
    this[what]++;
    this.changed();
  }
}

export class Member {
  readonly sent: SendMessage[] = [];
  /** By command. */
  readonly answers = new Map<string, Stored>();
  /** What the feed has brought, over all connections. */
  readonly shown: JournalRecord[] = [];
  private readonly waiting = new Map<string, SendMessage>();
  private client: Client | undefined;

  constructor(
    readonly email: string,
    private readonly cookie: string,
    private readonly follows: boolean,
    private readonly crowd: Crowd,
  ) {}

  /** How many commands have no answer yet. */
  get unanswered(): number {
    return this.waiting.size;
  }

  async meet(url: string): Promise<void> {
    // The server may be gone before the connection stands.
    const client = await Client.open(url, this.cookie).catch(() => undefined);
    if (!client) return;
    this.client = client;
    client.socket.once('disconnect', () => this.leave());
    if (this.follows) client.socket.emit('feed:join', { cursor: null }, () => undefined);
    this.crowd.resent += this.waiting.size;
    for (const command of this.waiting.values()) this.send(command);
    this.goOn();
    this.crowd.note('connected');
  }

  /** Sends a command that has its answer once more. */
  async repeat(command: SendMessage): Promise<Ack<Stored> | undefined> {
    return this.client?.ask('chat:send', command);
  }

  leave(): void {
    this.shown.push(...(this.client?.heard.splice(0) ?? []));
    this.client?.close();
    this.client = undefined;
  }

  private goOn(): void {
    while (this.crowd.busy && this.waiting.size < UNDER_WAY) {
      const id = randomUUID();
      const command = { id, text: `año ${id}` };
      this.sent.push(command);
      this.waiting.set(id, command);
      this.send(command);
    }
  }

  private send(command: SendMessage): void {
    this.client?.socket.emit('chat:send', command, (answer) => {
      if (answer.ok) this.answers.set(command.id, answer.data);
      else this.crowd.refused.push(answer.error);
      this.waiting.delete(command.id);
      this.goOn();
      this.crowd.note('answers');
    });
  }
}
