import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What a line carries. */
export interface Carries {
  /** Bits per second towards the browser; what the browser sends is little. */
  readonly bits: number;
  /** ms there and back. */
  readonly roundTrip: number;
}

/** A telephone at the edge of a town: what Lighthouse calls slow 4G. */
export const SLOW: Carries = { bits: 1_600_000, roundTrip: 150 };
const UNLIMITED: Carries = { bits: Infinity, roundTrip: 0 };

/** Bytes that travel as one; ms of the line that the sender may fill in advance. */
const PIECE = 4_096;
const BUFFERED_MS = 200;

/** A TCP proxy in front of the server, with the speed of a line that all its connections share. */
export class Line {
  /** Bytes that came to the browser over WebSockets. */
  socketBytes = 0;
  private readonly open = new Set<Socket>();
  private readonly held: (() => void)[] = [];
  private holding = false;
  private freeAt = 0;
  private readonly listening: Server;
  private readonly upstream: number;
  private readonly carries: Carries;

  private constructor(listening: Server, upstream: number, carries: Carries) {
    this.listening = listening;
    this.upstream = upstream;
    this.carries = carries;
    listening.on('connection', (client: Socket) => this.accept(client));
  }

  /** @param url of the server */
  static async to(url: string, carries = UNLIMITED): Promise<Line> {
    const listening = createServer({ noDelay: true });
    const line = new Line(listening, Number(new URL(url).port), carries);
    listening.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.listening.address() as AddressInfo).port}/`;
  }

  /** Lets no socket.io request through from now on; files and the session do pass. */
  holdSockets(): void {
    this.holding = true;
  }

  /** Lets them through, those that wait too. */
  release(): void {
    this.holding = false;
    for (const go of this.held.splice(0)) go();
  }

  close(): void {
    this.listening.close();
    for (const socket of this.open) socket.destroy();
  }

  private accept(client: Socket): void {
    this.keep(client);
    client.once('data', (first: Buffer) => {
      client.pause();
      const isSocket = first.toString('latin1').startsWith('GET /socket.io/');
      const go = (): void => this.join(client, first, isSocket);
      if (isSocket && this.holding) this.held.push(go);
      else go();
    });
  }

  private join(client: Socket, first: Buffer, isSocket: boolean): void {
    if (client.destroyed) return;
    const server = connect({ port: this.upstream, host: '127.0.0.1', noDelay: true });
    this.keep(server);
    client.on('close', () => server.destroy());
    server.on('close', () => this.after(0, () => client.end()));
    this.after(0, () => server.write(first));
    client.on('data', (bytes: Buffer) => this.after(0, () => server.write(bytes)));
    client.resume();
    server.on('data', (bytes: Buffer) => {
      if (isSocket) this.socketBytes += bytes.length;
      for (let from = 0; from < bytes.length; from += PIECE) {
        const piece = bytes.subarray(from, from + PIECE);
        this.freeAt = Math.max(this.freeAt, performance.now()) + (1_000 * 8 * piece.length) / this.carries.bits;
        this.after(this.freeAt - performance.now(), () => client.write(piece));
      }
      this.slow(server);
    });
  }

  /** The sender feels it when the line is full. */
  private slow(server: Socket): void {
    const ahead = this.freeAt - performance.now() - BUFFERED_MS;
    if (ahead <= 0) return;
    server.pause();
    setTimeout(() => server.resume(), ahead);
  }

  /** Timers of equal delay keep their order, and those of the line are in order because it is. */
  private after(ms: number, then: () => void): void {
    setTimeout(then, Math.max(0, ms) + this.carries.roundTrip / 2);
  }

  private keep(socket: Socket): void {
    this.open.add(socket);
    socket.on('error', () => undefined).on('close', () => this.open.delete(socket));
  }
}
