import { WebSocket } from 'ws';

const OPEN = '0'.charCodeAt(0);
const PING = '2'.charCodeAt(0);
const CONNECTED = '40';
/** What stands once in every delivered message, whatever frame it comes in. */
const MARK = Buffer.from('"text":"at ');

/** How a crowd talks to a kind of server. */
export interface Dialect {
  /** Path and query of the WebSocket. */
  readonly path: string;
  /** Whether frames are engine.io's: pings are answered, and joining takes a packet. */
  readonly engine: boolean;
  /** What a listener sends when it is connected, if anything. */
  readonly join?: string;
}

/** Listeners that read when a message was sent, spread over all: whoever is told first is not everybody. */
const TIMED = 10;

/**
 * Many listeners that cost next to nothing: they count how often a message stands in the bytes of a frame, and only a few
 * read when it was sent. All servers are measured with the same crowd.
 */
export class Crowd {
  /** Messages delivered, to all listeners together. */
  delivered = 0;
  /** Milliseconds from sending to delivery, at the listeners that are timed. */
  readonly latencies: number[] = [];
  private readonly sockets: WebSocket[] = [];

  private constructor(
    private readonly dialect: Dialect,
    private readonly cookies: readonly string[],
  ) {}

  /** @param cookies who they are, one each; without them they are visitors */
  static async gather(url: string, dialect: Dialect, size: number, cookies: readonly string[] = []): Promise<Crowd> {
    const crowd = new Crowd(dialect, cookies);
    for (let first = 0; first < size; first += 100) {
      const group = Array.from({ length: Math.min(100, size - first) }, (_, index) =>
        crowd.connect(url, first + index, (first + index) % Math.ceil(size / TIMED) === 0),
      );
      crowd.sockets.push(...(await Promise.all(group)));
    }
    return crowd;
  }

  /** Starts counting anew. */
  reset(): void {
    this.delivered = 0;
    this.latencies.length = 0;
  }

  leave(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  private async connect(url: string, index: number, timed: boolean): Promise<WebSocket> {
    const cookie = this.cookies[index];
    const address = `${url.replace('http', 'ws')}${this.dialect.path}`;
    const socket = await connect(address, this.dialect.engine, cookie === undefined ? {} : { cookie });
    if (this.dialect.join) socket.send(this.dialect.join);
    socket.on('message', (frame: Buffer) => {
      this.hear(frame, timed);
    });
    return socket;
  }

  private hear(frame: Buffer, reads: boolean): void {
    for (let at = frame.indexOf(MARK); at >= 0; at = frame.indexOf(MARK, at + MARK.length)) {
      this.delivered++;
      if (reads)
        this.latencies.push(performance.now() - parseFloat(frame.toString('latin1', at + MARK.length, at + 40)));
    }
  }
}

/** Opens a WebSocket, and a socket.io connection on it where the server speaks that. */
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
