import type { Socket } from 'node:net';
import type { RealtimeSocket } from './socket.js';

/** What engine.io and `ws` hold of a connection and do not publish. */
interface Engine {
  readonly readyState: string;
  readonly writeBuffer: readonly unknown[];
  readonly transport: { readonly name: string; readonly writable: boolean; readonly socket?: WebSocket };
}
interface WebSocket {
  readonly readyState: number;
  readonly _socket?: Socket | null;
}
const OPEN = 1;

/**
 * Writes a WebSocket frame to a connection that has nothing on its way, and returns whether it was written. Otherwise it must
 * take the usual way, behind what waits; so order holds, and what a slow reader leaves waiting is where it is counted.
 */
export function writeDirectly({ conn }: RealtimeSocket, frame: Buffer): boolean {
  const { readyState, transport, writeBuffer } = conn as object as Engine;
  if (readyState !== 'open' || transport.name !== 'websocket' || !transport.writable || writeBuffer.length > 0) {
    return false;
  }
  const stream = transport.socket?.readyState === OPEN ? transport.socket._socket : undefined;
  if (!stream?.writable || stream.writableLength > 0) return false;
  stream.write(frame);
  return true;
}
