import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type INestApplication, Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { WebSocketGateway, WebSocketServer } from '@nestjs/websockets';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import { leave } from '../../test/leave.js';
import { OPEN_DOOR } from '../../test/adapter-options.js';
import { RecordedLog } from '../../test/recorded-log.js';
import type { RealtimeServer } from './socket.js';
import { pauseReading, resumeReading } from './socket-internals.js';
import { SocketAdapter } from './socket-adapter.js';

@WebSocketGateway()
class BroadcastGateway {
  @WebSocketServer()
  readonly server: RealtimeServer;
}

describe('a connection', () => {
  const log = new RecordedLog();
  let app: INestApplication<Server>;
  let server: RealtimeServer;
  let client: Socket;
  let received: string[];
  beforeEach(async () => {
    const module = Test.createTestingModule({ providers: [BroadcastGateway] }).setLogger(log);
    app = (await module.compile()).createNestApplication({ logger: log });
    app.useWebSocketAdapter(new SocketAdapter(app, OPEN_DOOR));
    await app.listen(0, '127.0.0.1');
    Logger.overrideLogger(log);
    server = app.get(BroadcastGateway).server;
    received = [];
    log.lines.length = 0;
  });
  afterEach(async () => {
    await leave(client);
    await app.close();
  });

  /** Connects; returns the server's side. */
  async function connect(transport: 'websocket' | 'polling') {
    const { port } = app.getHttpServer().address() as AddressInfo;
    client = io(`http://127.0.0.1:${port}`, { transports: [transport], forceNew: true });
    client.on('chat:typing', ({ by }: { by: string }) => received.push(by));
    await once(client as never, 'connect');
    return server.sockets.sockets.get(client.id!)!;
  }
  /** Broadcasts when nothing is in flight; returns whether engine.io and ws were called. */
  async function throughEngine(by: string): Promise<boolean> {
    const { conn } = server.sockets.sockets.get(client.id!)!;
    let packets = 0;
    const count = () => packets++;
    while (!conn.transport.writable) await new Promise(setImmediate);
    conn.on('packetCreate', count);
    server.emit('chat:typing', { by });
    conn.off('packetCreate', count);
    while (received.at(-1) !== by) await once(client as never, 'chat:typing');
    return packets > 0;
  }
  const warnings = () => log.lines.filter((line) => line.includes('another version'));

  it('is written to directly, with the engine.io and ws that are installed', async () => {
    await connect('websocket');

    expect(await throughEngine('ana')).toBe(false);
    expect(await throughEngine('x'.repeat(70_000))).toBe(false);
    expect(warnings()).toEqual([]);
  });

  it('is written to by socket.io when it is polled', async () => {
    await connect('polling');

    expect(await throughEngine('ana')).toBe(true);
    expect(warnings()).toEqual([]);
  });

  it('receives a broadcast after earlier packets, and before later ones', async () => {
    const socket = await connect('websocket');
    const names = Array.from({ length: 300 }, (_, index) => `${index}`);

    for (const [index, by] of names.entries()) {
      if (index % 3 === 0) socket.emit('chat:typing', { by });
      else server.emit('chat:typing', { by });
      // So that it is written in one turn of the event loop as well as over several.
      if (index % 50 === 0) await new Promise(setImmediate);
    }

    while (received.length < names.length) await once(client as never, 'chat:typing');
    expect(received).toEqual(names);
  });

  it.each(['_socket', 'readyState'])(
    'is written to by socket.io where ws has no %s, and the log says so once',
    async (name) => {
      const socket = await connect('websocket');
      hide(socket.conn.transport, 'socket', name);

      expect(await throughEngine('ana')).toBe(true);
      expect(await throughEngine('beto')).toBe(true);
      expect(warnings()).toHaveLength(1);
    },
  );

  it('is not read from while it is paused', async () => {
    const socket = await connect('websocket');
    const taken: unknown[] = [];
    socket.onAny((_name, payload) => taken.push(payload));

    pauseReading(socket);
    for (let count = 0; count < 100; count++) client.emit('count', count);
    // Long enough for them to arrive: another connects meanwhile, which takes several ways there and back.
    const first = client;
    await connect('polling');
    await leave(client);
    client = first;
    expect(taken).toEqual([]);

    resumeReading(socket);
    while (taken.length < 100) await new Promise(setImmediate);
    expect(taken).toEqual(Array.from({ length: 100 }, (_, count) => count));
  });
});

/** Hides a property from our code; its owner still has it. */
function hide(transport: object, key: string, name: string): void {
  const webSocket = Reflect.get(transport, key) as object;
  const value = new Proxy(webSocket, {
    get: (target, property) => {
      const found: unknown = property === name ? undefined : Reflect.get(target, property);
      return typeof found === 'function' ? (found.bind(target) as unknown) : found;
    },
  });
  Object.defineProperty(transport, key, { value });
}
