import { WebSocket } from 'ws';

const OPEN = '0'.charCodeAt(0);
const PING = '2'.charCodeAt(0);
const CONNECTED = '40';
/** Occurs once in every delivered message, in every frame format. */
const MARK = Buffer.from('"text":"at ');

/** The protocol of one kind of server. */
export interface Protocol {
  /** Path and query of the WebSocket. */
  readonly path: string;
  /** Whether frames are engine.io's: pings are answered, and joining takes a packet. */
  readonly engine: boolean;
  /** What a listener sends when it is connected, if anything. */
  readonly join?: string;
}

/** Number of listeners that measure the latency, evenly spread: a server does not send to all at the same time. */
const TIMED_LISTENERS = 10;

/**
 * Many listeners that need almost no CPU: they count the messages in the bytes of a frame, and only a few read the time of
 * sending. All servers are measured with the same listeners.
 */
export class Crowd {
  /** Messages delivered, to all listeners together. */
  delivered = 0;
  /** Milliseconds from sending to delivery, at the listeners that are timed. */
  readonly latencies: number[] = [];
  private readonly sockets: WebSocket[] = [];

  private constructor(
    private readonly protocol: Protocol,
    private readonly cookies: readonly string[],
  ) {}

  /** @param cookies one session cookie for each listener; without them they are visitors */
  static async open(url: string, protocol: Protocol, size: number, cookies: readonly string[] = []): Promise<Crowd> {
    const crowd = new Crowd(protocol, cookies);
    for (let first = 0; first < size; first += 100) {
      const group = Array.from({ length: Math.min(100, size - first) }, (_, index) =>
        crowd.connect(url, first + index, (first + index) % Math.ceil(size / TIMED_LISTENERS) === 0),
      );
      crowd.sockets.push(...(await Promise.all(group)));
    }
    return crowd;
  }

  /** Resets the counters. */
  reset(): void {
    this.delivered = 0;
    this.latencies.length = 0;
  }

  close(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  private async connect(url: string, index: number, timed: boolean): Promise<WebSocket> {
    const cookie = this.cookies[index];
    const address = `${url.replace('http', 'ws')}${this.protocol.path}`;
    const socket = await connect(address, this.protocol.engine, cookie === undefined ? {} : { cookie });
    if (this.protocol.join) socket.send(this.protocol.join);
    socket.on('message', (frame: Buffer) => {
      this.receive(frame, timed);
    });
    return socket;
  }

  private receive(frame: Buffer, reads: boolean): void {
    for (let at = frame.indexOf(MARK); at >= 0; at = frame.indexOf(MARK, at + MARK.length)) {
      this.delivered++;
      if (reads)
        this.latencies.push(performance.now() - parseFloat(frame.toString('latin1', at + MARK.length, at + 40)));
    }
  }
}

/** Opens a WebSocket, and a socket.io connection on it if the server supports that. */
export async function connect(url: string, engine: boolean, headers: Record<string, string> = {}): Promise<WebSocket> {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false, skipUTF8Validation: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    if (!engine) socket.once('open', resolve);
    socket.on('message', (frame: Buffer) => {
      if (!engine) return;
      if (frame[0] === PING && frame.length === 1) socket.send('3');
      else if (frame[0] === OPEN) socket.send(CONNECTED);
      else if (frame.toString('latin1', 0, 2) === CONNECTED) resolve();
    });
  });
  return socket;
}
