import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What the network does to the bytes that pass. */
export interface Weather {
  /** Milliseconds on the way, each way. */
  readonly delay: number;
  /** Bytes of the pieces that it is cut into; 0 leaves it whole. */
  readonly slice: number;
}

export const CALM: Weather = { delay: 0, slice: 0 };

/** One connection through the proxy. */
class Line {
  /** Whether nothing passes any more, without either side being told. */
  private swallowing = false;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly weather: () => Weather,
  ) {
    this.pass(client, server);
    this.pass(server, client);
    for (const [one, other] of [[client, server] as const, [server, client] as const]) {
      one.on('error', () => undefined);
      // Nor does anybody hear of the other side's end when the cable is out.
      one.on('close', () => this.swallowing || other.destroy());
    }
  }

  /** Both sides are told, by a reset. */
  cut(): void {
    this.client.resetAndDestroy();
    this.server.resetAndDestroy();
  }

  /** Whether something still passes. */
  get carries(): boolean {
    return !this.swallowing;
  }

  /** Whether both sides have ended. */
  get over(): boolean {
    return this.client.destroyed && this.server.destroyed;
  }

  /** A cable is pulled somewhere: everything disappears, and nobody is told, until `cut`. */
  swallow(): void {
    this.swallowing = true;
  }

  /** The client reads no more, or goes on reading. */
  stall(stalled: boolean): void {
    if (stalled) this.server.pause();
    else this.server.resume();
  }

  private pass(from: Socket, to: Socket): void {
    from.on('data', (bytes: Buffer) => {
      const { delay, slice } = this.weather();
      if (delay === 0) this.write(to, bytes, slice);
      // A constant delay at a time keeps the order of what was sent in the same weather; what comes later waits for it.
      else this.later(to, bytes, { delay, slice });
    });
  }

  private readonly queues = new Map<Socket, Promise<void>>();

  private later(to: Socket, bytes: Buffer, { delay, slice }: Weather): void {
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
    if (this.swallowing || to.destroyed) return;
    if (slice === 0 || bytes.length > 64 * slice) to.write(bytes);
    else for (let from = 0; from < bytes.length; from += slice) to.write(bytes.subarray(from, from + slice));
  }
}

/** A TCP proxy in front of the server, which does to its connections what networks do. */
export class Proxy {
  weather: Weather = CALM;
  private readonly open = new Set<Line>();

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

  /** The connections that carry something. Where the cable is out, nothing else can happen any more. */
  get lines(): readonly Line[] {
    return [...this.open].filter(({ carries }) => carries);
  }

  /** Cuts everything and lets all new connections pass undisturbed. */
  repair(): void {
    this.weather = CALM;
    for (const line of this.open) line.cut();
  }

  close(): void {
    this.listening.close();
    for (const line of this.open) line.cut();
  }

  private accept(client: Socket): void {
    const server = connect({ port: this.upstream(), host: '127.0.0.1', noDelay: true });
    const line = new Line(client, server, () => this.weather);
    this.open.add(line);
    for (const end of [client, server]) end.on('close', () => line.over && this.open.delete(line));
  }
}
