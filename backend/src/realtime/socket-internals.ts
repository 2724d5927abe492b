import { Logger } from '@nestjs/common';
import { Socket as Stream } from 'node:net';
import type { RealtimeSocket } from './socket.js';

/**
 * Everything of socket.io, engine.io and ws that we use and that they do not publish. Their versions are exact in
 * `package.json`; run the specs of this folder when you raise them. Nothing else in the server reaches past their interfaces.
 */
interface Connection {
  readonly readyState: string;
  readonly writeBuffer?: unknown;
  readonly transport: {
    readonly name: string;
    readonly writable: boolean;
    readonly socket?: WebSocketInternals;
  };
}
interface WebSocketInternals {
  readonly readyState?: unknown;
  readonly _socket?: unknown;
  readonly pause?: () => void;
  readonly resume?: () => void;
}
/** Of a WebSocket: that it is neither being opened nor closed. */
const OPEN = 1;

const logger = new Logger('Realtime');

/** Writes frames past engine.io and ws: a delivery then costs a quarter to a third less processor time. */
export class DirectWriter {
  /** Whether the internals are as expected: checked once, on the first WebSocket. */
  private usable: boolean | undefined;

  /**
   * Writes a WebSocket frame to a connection that has nothing in flight, and returns whether it was written. Otherwise it
   * must take socket.io's own way, after what waits: so order holds, and what a slow reader leaves waiting is counted.
   */
  write({ conn }: RealtimeSocket, frame: Buffer): boolean {
    const { readyState, transport, writeBuffer } = conn as object as Connection;
    if (readyState !== 'open' || transport.name !== 'websocket' || !transport.writable) return false;
    this.usable ??= check(conn as object as Connection);
    if (!this.usable || (writeBuffer as unknown[]).length > 0 || transport.socket?.readyState !== OPEN) return false;
    const stream = transport.socket._socket as Stream | null;
    if (!stream?.writable || stream.writableLength > 0) return false;
    stream.write(frame);
    return true;
  }
}

/** Whether a connection has what is used of it; if not, says so. */
function check({ writeBuffer, transport }: Connection): boolean {
  const stream = transport.socket?._socket;
  const usable = Array.isArray(writeBuffer) && typeof transport.socket?.readyState === 'number';
  if (usable && (stream === null || stream instanceof Stream)) return true;
  logger.warn('engine.io or ws is another version than this server knows: broadcasts take longer than they could.');
  return false;
}

/** Takes nothing more from a WebSocket than what has been read already, so that its sender has to wait. */
export function pauseReading({ conn }: RealtimeSocket): void {
  (conn as object as Connection).transport.socket?.pause?.();
}

export function resumeReading({ conn }: RealtimeSocket): void {
  (conn as object as Connection).transport.socket?.resume?.();
}

/**
 * Lets go of the HTTP request that a connection began with, and of its headers: who it is has been found out, and nothing
 * else of it is needed. A quarter of what a connection costs.
 */
export function forgetRequest(socket: RealtimeSocket): void {
  Reflect.set(socket.conn, 'request', undefined);
  Reflect.set(socket, 'handshake', undefined);
}
