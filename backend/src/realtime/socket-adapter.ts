import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { WsMessageHandler } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import type { ServerOptions } from 'socket.io';
import { LIMITS } from '../contract/index.js';
import { BroadcastAdapter } from './broadcast-adapter.js';
import { encodeSharedOnce } from './encode-once.js';
import { RequestDispatcher } from './request-dispatcher.js';
import { disconnectSlowReader } from './slow-readers.js';
import type { RealtimeServer, RealtimeSocket } from './socket.js';

/** Milliseconds. Together: after how long a silent connection is given up, on both sides. */
const PING_INTERVAL = 10_000;
const PING_TIMEOUT = 10_000;

export interface SocketAdapterOptions {
  /** Whether a request may open a connection, by its headers. */
  readonly admits: (headers: IncomingHttpHeaders) => boolean;
  /** Finds out who connects, before the connection is told that it stands. */
  readonly identify: (socket: RealtimeSocket) => Promise<void>;
}

/**
 * socket.io under Nest, with the defences and the acknowledgement in one place. A connection costs memory for as long as
 * it stands, so nothing is made for each socket that one thing can do for all: one listener takes every request, where
 * Nest would make an RxJS pipeline for each socket and event, about 4 KB each.
 */
export class SocketAdapter extends IoAdapter {
  private readonly requests = new RequestDispatcher();

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
      allowRequest: ({ headers }, allow) => allow(null, this.options.admits(headers)),
      maxHttpBufferSize: LIMITS.packetBytes,
      perMessageDeflate: false,
      httpCompression: false,
      serveClient: false,
      pingInterval: PING_INTERVAL,
      pingTimeout: PING_TIMEOUT,
    } as ServerOptions) as RealtimeServer;
    encodeSharedOnce(server);
    const { requests } = this;
    // socket.io calls it on the socket; a function of its own for each would hold on to all that was there when it connected.
    const take = function (this: RealtimeSocket, name: string, ...args: unknown[]): void {
      // As socket.io does with what was on its way when the connection ended.
      if (this.connected && !disconnectSlowReader(this)) requests.dispatch(this, name, args);
    };
    server.use((socket, next) => {
      socket.onAny(take);
      this.options.identify(socket).then(() => next(), next);
    });
    server.on('connection', forgetRequest);
    return server;
  }

  override bindMessageHandlers(socket: RealtimeSocket, handlers: readonly WsMessageHandler[]): void {
    this.requests.bind(socket, handlers);
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
