import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { WsMessageHandler } from '@nestjs/common';
import type { ServerOptions } from 'socket.io';
import { LIMITS } from '../contract/index.js';
import { answerOnce, refusedBy } from './answer.js';
import { BroadcastAdapter } from './broadcast-adapter.js';
import { isOwnOrigin } from '../requests/origin.js';
import { invalid } from '../requests/payload.pipe.js';
import { Refusal } from '../requests/refusal.js';
import { Questions } from './questions.js';
import { cutSlow } from './slow-readers.js';
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

/**
 * socket.io under Nest, with the defences and the acknowledgement in one place. Handlers are bound with a plain
 * `socket.on` instead of Nest's RxJS pipeline for each socket and event, which costs about 4 KB each.
 */
export class SocketAdapter extends IoAdapter {
  /** Names of the requests that have a handler. */
  private readonly requests = new Set<string>();

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
    server.use((socket, next) => {
      socket.onAny((name: string, ...args: unknown[]) => {
        if (!this.requests.has(name)) answerUnknown(args);
      });
      this.options.identify(socket).then(() => next(), next);
    });
    server.on('connection', forgetRequest);
    return server;
  }

  override bindMessageHandlers(socket: RealtimeSocket, handlers: readonly WsMessageHandler[]): void {
    const questions = new Questions();
    for (const { message, callback } of handlers) {
      this.requests.add(message);
      socket.on(message as 'chat:send', (...args: unknown[]) => {
        if (!cutSlow(socket)) void handle(callback, args, questions);
      });
    }
  }
}

/**
 * Lets go of the HTTP request that a connection began with, 5 KB each: who it is has been found out, and nothing else of
 * it is needed.
 */
function forgetRequest({ client, conn }: RealtimeSocket): void {
  for (const holder of [client, conn]) Reflect.set(holder, 'request', undefined);
}

/** A request of another version, or of another program: without this, whoever waits for the answer waits for ever. */
function answerUnknown(args: readonly unknown[]): void {
  answerOnce(args.at(-1))({ ok: false, error: new Refusal('INVALID', 'There is no such request.').refused });
}

/**
 * Calls a handler with its one payload and answers exactly once. The filter on the gateway answers what is thrown; what
 * is returned is the data.
 */
async function handle(
  callback: WsMessageHandler['callback'],
  args: readonly unknown[],
  questions: Questions,
): Promise<void> {
  const hasCallback = typeof args.at(-1) === 'function';
  const payloads = hasCallback ? args.slice(0, -1) : args;
  const answer = answerOnce(args.at(-1));
  const [payload] = payloads;
  if (payloads.length !== 1 || typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
    answer({ ok: false, error: invalid([]).refused });
    return;
  }
  try {
    const ask = (): unknown => callback(payload, answer);
    const data = await ('id' in payload ? ask() : questions.ask(ask));
    answer({ ok: true, data: data ?? null });
  } catch (error) {
    // The filter answers everything that a handler throws; this keeps a defect in the filter from ending the process.
    answer({ ok: false, error: refusedBy(error) });
  }
}
