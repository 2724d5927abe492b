import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** How the network treats the bytes that it transports. */
export interface NetworkConditions {
  /** ms of latency in each direction. */
  readonly delay: number;
  /** Bytes of the chunks that data is split into; 0 does not split it. */
  readonly slice: number;
}

export const UNDISTURBED: NetworkConditions = { delay: 0, slice: 0 };

/** One connection through the proxy. */
class ProxiedConnection {
  /** Whether all bytes are dropped, without an error on either side. */
  private dropping = false;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly conditions: () => NetworkConditions,
  ) {
    this.pass(client, server);
    this.pass(server, client);
    for (const [one, other] of [[client, server] as const, [server, client] as const]) {
      one.on('error', () => undefined);
      // Without a working cable, the end of one side is not noticed by the other either.
      one.on('close', () => this.dropping || other.destroy());
    }
  }

  /** Both sides receive a TCP reset. */
  cut(): void {
    this.client.resetAndDestroy();
    this.server.resetAndDestroy();
  }

  /** Whether bytes are still transported. */
  get isOpen(): boolean {
    return !this.dropping;
  }

  /** Whether both sides have ended. */
  get isClosed(): boolean {
    return this.client.destroyed && this.server.destroyed;
  }

  /** A disconnected cable: all bytes are dropped, and neither side is notified, until `cut`. */
  dropSilently(): void {
    this.dropping = true;
  }

  /** The client stops reading, or continues. */
  stall(stalled: boolean): void {
    if (stalled) this.server.pause();
    else this.server.resume();
  }

  private pass(from: Socket, to: Socket): void {
    from.on('data', (bytes: Buffer) => {
      const { delay, slice } = this.conditions();
      if (delay === 0) this.write(to, bytes, slice);
      // The same delay keeps the order of bytes that are sent under the same conditions; later bytes wait for them.
      else this.later(to, bytes, { delay, slice });
    });
  }

  private readonly queues = new Map<Socket, Promise<void>>();

  private later(to: Socket, bytes: Buffer, { delay, slice }: NetworkConditions): void {
    const before = this.queues.get(to) ?? Promise.resolve();
    const arrived = new Promise<void>((resolve) => {
      setTimeout(resolve, delay);
    });
    const done = before.then(() => arrived).then(() => this.send(to, bytes, slice));
    this.queues.set(to, done);
    void done.then(() => {
      if (this.queues.get(to) === done) this.queues.delete(to);
    });
  }

  private write(to: Socket, bytes: Buffer, slice: number): void {
    if (this.queues.has(to)) this.later(to, bytes, { delay: 0, slice });
    else this.send(to, bytes, slice);
  }

  private send(to: Socket, bytes: Buffer, slice: number): void {
    if (this.dropping || to.destroyed) return;
    if (slice === 0 || bytes.length > 64 * slice) to.write(bytes);
    else for (let from = 0; from < bytes.length; from += slice) to.write(bytes.subarray(from, from + slice));
  }
}

/** A TCP proxy in front of the server, which simulates network faults on its connections. */
export class Proxy {
  conditions: NetworkConditions = UNDISTURBED;
  private readonly open = new Set<ProxiedConnection>();

  private constructor(
    private readonly listening: Server,
    private readonly upstream: () => number,
  ) {
    listening.on('connection', (client) => this.accept(client));
  }

  /** @param upstream the port of the server, which may change */
  static async start(upstream: () => number): Promise<Proxy> {
    const listening = createServer({ noDelay: true });
    const proxy = new Proxy(listening, upstream);
    listening.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.listening.address() as AddressInfo).port}`;
  }

  /** The connections that still transport bytes. No other fault can happen to the rest. */
  get connections(): readonly ProxiedConnection[] {
    return [...this.open].filter(({ isOpen }) => isOpen);
  }

  /** Resets all connections; new ones are transported without faults. */
  repair(): void {
    this.conditions = UNDISTURBED;
    for (const connection of this.open) connection.cut();
  }

  close(): void {
    this.listening.close();
    for (const connection of this.open) connection.cut();
  }

  private accept(client: Socket): void {
    const server = connect({ port: this.upstream(), host: '127.0.0.1', noDelay: true });
    const connection = new ProxiedConnection(client, server, () => this.conditions);
    this.open.add(connection);
    for (const end of [client, server]) end.on('close', () => connection.isClosed && this.open.delete(connection));
  }
}
