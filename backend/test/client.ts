import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { io, type Socket } from 'socket.io-client';
import type {
  Ack,
  Alert,
  ClientEvents,
  Cursor,
  Data,
  JournalRecord,
  Payload,
  Presence,
  Refused,
  RequestName,
  ServerEvents,
  Snapshot,
} from '../src/contract/index.js';

/** A command without its id: the client makes one. */
type WithoutId<Name extends RequestName> = Omit<Payload<Name>, 'id'> & { readonly id?: string };

/** A plain socket.io client of the contract that keeps what it receives. */
export class Client {
  /** Every record of the `feed` packets, in order. */
  readonly received: JournalRecord[] = [];
  /** How many `feed` packets came. */
  packets = 0;
  /** Every list of who is online, oldest first. */
  readonly presences: Presence[] = [];
  readonly typing: string[] = [];
  /** Every mark that another connection of this member has set. */
  readonly marks: number[] = [];

  /** Every alert, oldest first. */
  readonly alerts: Alert[] = [];

  private constructor(
    readonly socket: Socket<ServerEvents, ClientEvents>,
    /** The cookie of the session; undefined for a visitor. */
    readonly cookie: string | undefined,
  ) {
    socket.on('feed', ({ records }) => {
      this.packets++;
      this.received.push(...records);
    });
    socket.on('presence', (presence) => this.presences.push(presence));
    socket.on('mark', ({ n }) => this.marks.push(n));
    socket.on('alert', (alert) => this.alerts.push(alert));
    socket.on('chat:typing', ({ by }) => this.typing.push(by));
  }

  /** A connection; identified if there is an e-mail. */
  static async connect(url: string, email?: string): Promise<Client> {
    return Client.open(url, email === undefined ? undefined : await identify(url, email));
  }

  /** A connection with that session cookie, or with none. */
  static async open(url: string, cookie: string | undefined): Promise<Client> {
    const socket: Socket<ServerEvents, ClientEvents> = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnectionDelay: 10,
      ...(cookie && { extraHeaders: { cookie } }),
    });
    const client = new Client(socket, cookie);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', (error) => {
        // It would try to reconnect for ever.
        socket.disconnect();
        reject(error);
      });
    });
    return client;
  }

  /** Sends a request as it is and waits for the acknowledgement. */
  ask<Name extends RequestName>(name: Name, payload: Payload<Name>): Promise<Ack<Data<Name>>> {
    return this.raw(name, payload) as Promise<Ack<Data<Name>>>;
  }

  /** Asks what is no command and returns the data; throws when it is refused. */
  async query<Name extends RequestName>(name: Name, payload: Payload<Name>): Promise<Data<Name>> {
    const answer = await this.ask(name, payload);
    if (!answer.ok) throw new Error(`${name} was refused: ${JSON.stringify(answer.error)}`);
    return answer.data;
  }

  /** Sends a command with a new id and returns the data; throws when it is refused. */
  do<Name extends RequestName>(name: Name, command: WithoutId<Name>): Promise<Data<Name>> {
    return this.query(name, { id: randomUUID(), ...command } as Payload<Name>);
  }

  /** Sends a command with a new id and returns why it was refused; throws when it was accepted. */
  async refused(name: RequestName, command: object): Promise<Refused> {
    const id = name.endsWith(':history') ? {} : { id: randomUUID() };
    const answer = (await this.raw(name, { ...id, ...command })) as Ack<unknown>;
    if (answer.ok) throw new Error(`${name} was accepted: ${JSON.stringify(command)}`);
    return answer.error;
  }

  /** Sends any payload, with a callback. */
  raw(name: string, ...args: unknown[]): Promise<unknown> {
    return this.socket.timeout(20_000).emitWithAck(name as 'chat:send', ...(args as [Payload<'chat:send'>]));
  }

  async join(cursor: Cursor | null): Promise<Data<'feed:join'>> {
    const answer = await this.ask('feed:join', { cursor });
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.data;
  }

  /** The current snapshot, as a new page gets it. */
  async snapshot(): Promise<Snapshot> {
    const snapshot = await this.join(null);
    if (snapshot.mode !== 'snapshot') throw new Error('a join without a cursor was resumed');
    return snapshot;
  }

  /** Makes one request: everything that the server sent before it has arrived. Proves that nothing was sent. */
  async roundTrip(): Promise<void> {
    await this.ask('chat:history', { before: 1, limit: 1 });
  }

  /** Waits until the feed has delivered record `n`. */
  async waitForRecord(n: number): Promise<JournalRecord> {
    for (;;) {
      const record = this.received.find((received) => received.n === n);
      if (record) return record;
      await new Promise((resolve) => {
        this.socket.once('feed', resolve);
      });
    }
  }

  /** Waits until exactly these members are online. */
  async waitForMembers(...members: string[]): Promise<Presence> {
    for (;;) {
      const presence = this.presences.at(-1);
      if (presence && isDeepStrictEqual(presence.members, members.toSorted())) return presence;
      await new Promise((resolve) => {
        this.socket.once('presence', resolve);
      });
    }
  }

  /** Resolves when the connection is lost, which it may be for a moment only. */
  async closed(): Promise<void> {
    if (!this.socket.connected) return;
    await new Promise<void>((resolve) => {
      this.socket.once('disconnect', () => resolve());
    });
  }

  close(): void {
    this.socket.disconnect();
  }
}

/** Identifies over HTTP as the page does; returns the `Cookie` header. */
export async function identify(url: string, email: string): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email }),
  });
  const [cookie] = response.headers.getSetCookie();
  if (!response.ok || !cookie) throw new Error(`${email} could not identify: ${response.status}`);
  return cookie.slice(0, cookie.indexOf(';'));
}
