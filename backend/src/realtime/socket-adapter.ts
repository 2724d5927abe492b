import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { WsMessageHandler } from '@nestjs/common';
import type { ServerOptions } from 'socket.io';
import { LIMITS } from '../contract/index.js';
import { answerOnce, refusedBy } from './answer.js';
import { BroadcastAdapter } from './broadcast-adapter.js';
import { isOwnOrigin } from '../validation/origin.js';
import { invalid } from '../validation/payload.pipe.js';
import { Refusal } from '../errors/refusal.js';
import { QueryLimiter } from './query-limiter.js';
import { encodeSharedOnce } from './encode-once.js';
import { disconnectSlowReader } from './slow-readers.js';
import type { RealtimeServer, RealtimeSocket } from './socket.js';

/** Milliseconds. Together: after how long a silent connection is given up, on both sides. */
const PING_INTERVAL = 10_000;
const PING_TIMEOUT = 10_000;

export interface SocketAdapterOptions {
  /** Origins besides the page's own. */
  readonly origins: readonly string[];
  /** Finds out who connects, before the connection is told that it stands. */
  readonly identify: (socket: RealtimeSocket) => Promise<void>;
}

/** What Nest has made of a handler: it knows the socket already, and answers what is thrown. */
type Callback = WsMessageHandler['callback'];
/** Asks for a socket what is no command, unless it asks too much. */
type Ask = <Answer>(question: () => Answer) => Promise<Awaited<Answer>>;

/**
 * socket.io under Nest, with the defences and the acknowledgement in one place. A connection costs memory for as long as
 * it stands, so nothing is made for each socket that one thing can do for all: one listener takes every request, where
 * Nest would make an RxJS pipeline for each socket and event, about 4 KB each.
 */
export class SocketAdapter extends IoAdapter {
  /** Where the handler of a request stands among those of a socket. */
  private readonly places = new Map<string, number>();
  private readonly callbacks = new WeakMap<RealtimeSocket, Callback[]>();

  constructor(
    app: INestApplicationContext,
    private readonly options: SocketAdapterOptions,
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: Partial<ServerOptions>): RealtimeServer {
    const server = super.createIOServer(port, {
      ...options,
      adapter: BroadcastAdapter,
      allowRequest: ({ headers }, allow) =>
        allow(null, isOwnOrigin(headers.origin, headers.host, this.options.origins)),
      maxHttpBufferSize: LIMITS.packetBytes,
      perMessageDeflate: false,
      httpCompression: false,
      serveClient: false,
      pingInterval: PING_INTERVAL,
      pingTimeout: PING_TIMEOUT,
    } as ServerOptions) as RealtimeServer;
    encodeSharedOnce(server);
    const { callbacks, places } = this;
    const questions = new QueryLimiter();
    // socket.io calls it on the socket; a function of its own for each would hold on to all that was there when it connected.
    const take = function (this: RealtimeSocket, name: string, ...args: unknown[]): void {
      // As socket.io does with what was on its way when the connection ended.
      if (!this.connected || disconnectSlowReader(this)) return;
      const callback = callbacks.get(this)?.[places.get(name) ?? -1];
      if (callback) void handle(callback, args, (question) => questions.ask(this, question));
      else answerUnknown(args);
    };
    server.use((socket, next) => {
      socket.onAny(take);
      this.options.identify(socket).then(() => next(), next);
    });
    server.on('connection', forgetRequest);
    return server;
  }

  override bindMessageHandlers(socket: RealtimeSocket, handlers: readonly WsMessageHandler[]): void {
    const callbacks = this.callbacks.get(socket) ?? [];
    for (const { message, callback } of handlers) {
      const place = this.places.get(message) ?? this.places.size;
      this.places.set(message, place);
      callbacks[place] = callback;
    }
    this.callbacks.set(socket, callbacks);
  }

  /** Nest asks for each gateway, and whichever it asks for tells all of them: one listener is enough. */
  override bindClientDisconnect(socket: RealtimeSocket, callback: (reason: string) => void): void {
    if (socket.listenerCount('disconnect') === 0) socket.on('disconnect', callback);
  }
}

/**
 * Lets go of the HTTP request that a connection began with, and of its headers: who it is has been found out, and nothing
 * else of it is needed. A quarter of what a connection costs.
 */
function forgetRequest(socket: RealtimeSocket): void {
  Reflect.set(socket.conn, 'request', undefined);
  Reflect.set(socket, 'handshake', undefined);
}

/** A request of another version, or of another program: without this, whoever waits for the answer waits for ever. */
function answerUnknown(args: readonly unknown[]): void {
  answerOnce(args.at(-1))({ ok: false, error: new Refusal('INVALID', 'There is no such request.').refused });
}

/**
 * Calls a handler with its one payload and answers exactly once. The filter on the gateway answers what is thrown; what
 * is returned is the data.
 */
async function handle(callback: Callback, args: readonly unknown[], ask: Ask): Promise<void> {
  const hasCallback = typeof args.at(-1) === 'function';
  const payloads = hasCallback ? args.slice(0, -1) : args;
  const answer = answerOnce(args.at(-1));
  const [payload] = payloads;
  if (payloads.length !== 1 || typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
    answer({ ok: false, error: invalid([]).refused });
    return;
  }
  try {
    const call = (): unknown => callback(payload, answer);
    const data = await ('id' in payload ? call() : ask(call));
    answer({ ok: true, data: data ?? null });
  } catch (error) {
    // The filter answers everything that a handler throws; this keeps a defect in the filter from ending the process.
    answer({ ok: false, error: refusedBy(error) });
  }
}
