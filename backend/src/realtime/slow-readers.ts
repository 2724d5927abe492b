import { Logger } from '@nestjs/common';
import type { RealtimeSocket } from './socket.js';

const logger = new Logger('Realtime');

/** Bytes that may wait for one socket, one snapshot aside. Whoever is further behind resumes when it comes back. */
const MAX_WAITING_BYTES = 1_000_000;

/**
 * Closes the connection of somebody for whom too much waits; returns whether it is closed. Looked at with every packet to
 * many that it does not take at once, and with every request: who asks and never reads would let the answers pile up.
 */
export function disconnectSlowReader(socket: RealtimeSocket): boolean {
  if (socket.conn.readyState !== 'open') return true;
  if (!readsTooSlowly(socket)) return false;
  logger.warn(`${socket.data.email ?? 'A visitor'} reads too slowly and is cut loose`);
  socket.conn.close(true);
  return true;
}

/**
 * Whether more waits for a socket than is held for one. The largest packet does not count: it may be a snapshot, which
 * was asked for, and cutting its reader would only make him ask again. engine.io keeps this buffer private and bounds it
 * nowhere: one stalled reader could take all the memory.
 */
function readsTooSlowly({ conn }: RealtimeSocket): boolean {
  const packets = Reflect.get(conn, 'writeBuffer') as readonly { readonly data?: string | Buffer }[];
  let [sum, largest] = [0, 0];
  for (const { data } of packets) {
    sum += data?.length ?? 0;
    largest = Math.max(largest, data?.length ?? 0);
  }
  return sum - largest > MAX_WAITING_BYTES;
}
