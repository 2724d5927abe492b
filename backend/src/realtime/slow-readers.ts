import { Logger } from '@nestjs/common';
import { evictions } from './measured.js';
import type { RealtimeSocket } from './socket.js';

const logger = new Logger('Realtime');

/** Bytes that may wait for one socket, one snapshot aside. A page for which more waits resumes when it comes back. */
const MAX_WAITING_BYTES = 1_000_000;

/** What waits until a connection takes the packets before it. */
interface Waiting {
  /** Characters, which are bytes nearly always. */
  sum: number;
  largest: number;
}
type Connection = RealtimeSocket['conn'];

/** Of the connections for which something waits. */
const waiting = new WeakMap<Connection, Waiting>();

/** Counts from now on what waits for a connection: engine.io bounds it nowhere, and one stalled reader could take all memory. */
export function countWaiting({ conn }: RealtimeSocket): void {
  conn.on('packetCreate', add).on('drain', clear);
}

function add(this: Connection, { data }: { readonly data?: string | Buffer }): void {
  const size = data?.length ?? 0;
  const before = waiting.get(this);
  if (!before) waiting.set(this, { sum: size, largest: size });
  else {
    before.sum += size;
    before.largest = Math.max(before.largest, size);
  }
}

function clear(this: Connection): void {
  waiting.delete(this);
}

/** What waits for a connection now. */
export function waitingBytes(connection: Connection): number {
  return waiting.get(connection)?.sum ?? 0;
}

/**
 * Closes a connection for which too much waits; returns whether it is closed. Called with every broadcast that it does not
 * take at once, and with every request: for a client that asks and never reads, the answers would pile up.
 */
export function disconnectSlowReader(socket: RealtimeSocket): boolean {
  if (socket.conn.readyState !== 'open') return true;
  // The largest may be a snapshot, which was asked for: disconnecting its reader would only make him ask again.
  const { sum, largest } = waiting.get(socket.conn) ?? { sum: 0, largest: 0 };
  if (sum - largest <= MAX_WAITING_BYTES) return false;
  const { id, data } = socket;
  logger.warn(`${data.email ?? 'A visitor'} is disconnected because it reads too slowly`, {
    event: 'slow-reader',
    by: data.email,
    socket: id,
    waiting: sum,
  });
  evictions.next('slow-reader');
  socket.conn.close(true);
  return true;
}
