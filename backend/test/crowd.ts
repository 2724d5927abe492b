import { randomUUID } from 'node:crypto';
import type { Ack, JournalRecord, Refused, SendMessage, Stored } from '../src/contract/index.js';
import { Client, identify } from './client.js';

/** Commands of one member without an answer at the same time. */
const MAX_UNANSWERED = 3;
/** One of so many members follows the feed: the test process must read every packet of each follower. */
const MEMBERS_PER_FOLLOWER = 20;

/** Many members with a connection each. After a restart of the server they send the commands without an answer again. */
export class Crowd {
  /** Whether they send new messages; if not, they only wait for their answers. */
  busy = true;
  /** Connections that were opened since the last `reconnect`, and answers that came over them. */
  connected = 0;
  answers = 0;
  /** How often a command was sent again, in all. */
  resent = 0;
  readonly refused: Refused[] = [];
  private changed: () => void = () => undefined;

  private constructor(readonly members: Member[]) {}

  /** So many identified members; their sessions survive restarts of the server. */
  static async of(count: number, url: string): Promise<Crowd> {
    const crowd = new Crowd([]);
    for (let index = 0; index < count; index++) {
      const email = `member${index}@acme.com`;
      const follows = index % MEMBERS_PER_FOLLOWER === 0;
      crowd.members.push(new Member(email, await identify(url, email), follows, crowd));
    }
    return crowd;
  }

  /** All connect, send the commands without an answer again, and continue. Resolves when each has connected or failed to. */
  async reconnect(url: string): Promise<void> {
    this.connected = 0;
    this.answers = 0;
    await Promise.all(this.members.map((member) => member.reconnect(url)));
  }

  leave(): void {
    for (const member of this.members) member.leave();
  }

  /** Waits until an answer or a connection makes the condition true. */
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
  /** The records of the feed, over all connections. */
  readonly received: JournalRecord[] = [];
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

  async reconnect(url: string): Promise<void> {
    // The server may end before the connection is open.
    const client = await Client.open(url, this.cookie).catch(() => undefined);
    if (!client) return;
    this.client = client;
    client.socket.once('disconnect', () => this.leave());
    if (this.follows) client.socket.emit('feed:join', { cursor: null }, () => undefined);
    this.crowd.resent += this.waiting.size;
    for (const command of this.waiting.values()) this.send(command);
    this.sendMore();
    this.crowd.note('connected');
  }

  /** Sends an answered command again. */
  async repeat(command: SendMessage): Promise<Ack<Stored> | undefined> {
    return this.client?.ask('chat:send', command);
  }

  leave(): void {
    this.received.push(...(this.client?.received.splice(0) ?? []));
    this.client?.close();
    this.client = undefined;
  }

  private sendMore(): void {
    while (this.crowd.busy && this.waiting.size < MAX_UNANSWERED) {
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
      this.sendMore();
      this.crowd.note('answers');
    });
  }
}
