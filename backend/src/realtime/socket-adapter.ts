import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { WsMessageHandler } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { ServerOptions } from 'socket.io';
import { LIMITS } from '../contract/index.js';
import { BroadcastAdapter } from './broadcast-adapter.js';
import { sharingParser } from './encode-once.js';
import { FairTurns } from './fair-turns.js';
import { OpenConnections } from './open-connections.js';
import { type DispatchOptions, RequestDispatcher } from './request-dispatcher.js';
import { countWaiting, disconnectSlowReader } from './slow-readers.js';
import { forgetRequest } from './socket-internals.js';
import type { RealtimeServer, RealtimeSocket } from './socket.js';

/** How long a connection may take to say that it wants to be a socket. Until then it takes nobody's place. */
const HANDSHAKE_MS = 10_000;
/** Together: the time after which each side closes a silent connection. */
const PING_INTERVAL_MS = 10_000;
const PING_TIMEOUT_MS = 10_000;

export interface SocketAdapterOptions extends DispatchOptions {
  /** Whether a request may open a connection: from which page, to which host. */
  readonly admits: (request: IncomingMessage) => boolean;
  /** From which network a request comes, as far as proxies are believed. */
  readonly networkOf: (request: IncomingMessage) => string;
  /** Finds out who connects; the client's `connect` comes after it. */
  readonly identify: (socket: RealtimeSocket) => Promise<void>;
  /** Told that all connections are about to be closed. */
  readonly closing?: () => void;
}

/**
 * socket.io under Nest, with the defences and the acknowledgement in one place. A connection costs memory for as long as
 * it stands, so nothing is made for each socket that one thing can do for all: one listener takes every request, where
 * Nest would make an RxJS pipeline for each socket and event, about 4 KB each.
 */
export class SocketAdapter extends IoAdapter {
  private readonly requests: RequestDispatcher;
  private readonly connections = new OpenConnections();

  constructor(
    app: INestApplicationContext,
    private readonly options: SocketAdapterOptions,
  ) {
    super(app);
    this.requests = new RequestDispatcher(options);
  }

  override createIOServer(port: number, options?: Partial<ServerOptions>): RealtimeServer {
    const server = super.createIOServer(port, {
      ...options,
      adapter: BroadcastAdapter,
      parser: sharingParser,
      allowRequest: (request, allow) => allow(null, this.admits(request)),
      maxHttpBufferSize: LIMITS.packetBytes,
      perMessageDeflate: false,
      httpCompression: false,
      serveClient: false,
      pingInterval: PING_INTERVAL_MS,
      pingTimeout: PING_TIMEOUT_MS,
      connectTimeout: HANDSHAKE_MS,
    } as ServerOptions) as RealtimeServer;
    const turns = new FairTurns((socket, name, args) => {
      // As socket.io does with packets that were in flight when the connection closed.
      if (socket.connected && !socket.data.left && !disconnectSlowReader(socket))
        this.requests.dispatch(socket, name, args);
    });
    // socket.io calls it on the socket; a function of its own for each would hold on to all that was there when it connected.
    const take = function (this: RealtimeSocket, name: string, ...args: unknown[]): void {
      turns.take(this, name, args);
    };
    server.use((socket, next) => {
      socket.onAny(take);
      socket.data.network = this.options.networkOf(socket.request);
      this.options.identify(socket).then(() => next(), next);
    });
    server.on('connection', (socket) => {
      countWaiting(socket);
      forgetRequest(socket);
      this.connections.enter(socket);
    });
    return server;
  }

  /** Everybody is answered, and the journal is closed: who comes back finds the next process. */
  override async close(server: RealtimeServer): Promise<void> {
    this.options.closing?.();
    await super.close(server);
  }

  private admits(request: IncomingMessage): boolean {
    const network = this.options.networkOf(request);
    return this.options.admits(request) && this.connections.hasRoomFrom(network);
  }

  override bindMessageHandlers(socket: RealtimeSocket, handlers: readonly WsMessageHandler[]): void {
    this.requests.bind(socket, handlers);
  }

  /** Nest calls it once for each gateway, and each time with what notifies all of them: one listener is enough. */
  override bindClientDisconnect(socket: RealtimeSocket, callback: (reason: string) => void): void {
    if (socket.listenerCount('disconnect') === 0) socket.on('disconnect', callback);
  }
}
