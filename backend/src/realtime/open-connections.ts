import { Logger } from '@nestjs/common';
import { CONNECTIONS, ConnectionCounts } from '../rates/connection-counts.js';
import { isLoopback } from '../rates/network.js';
import { evictions } from './measured.js';
import type { RealtimeSocket } from './socket.js';

/** Bounds how many connections one network and one member have open: memory for each, whether or not it is used. */
export class OpenConnections {
  private readonly logger = new Logger('Realtime');
  private readonly counts = new ConnectionCounts();
  /** One for all sockets: socket.io calls it on the one that goes. */
  private readonly leave: (this: RealtimeSocket) => void;

  constructor() {
    const { counts } = this;
    this.leave = function () {
      for (const key of keysOf(this)) counts.leave(key);
      // A client that says goodbye and stays connected would be counted nowhere.
      setImmediate(() => this.conn.close());
    };
  }

  /** Whether that network may open one more. Who is on the machine itself could do worse; so could a proxy there. */
  hasRoomFrom(network: string): boolean {
    return isLoopback(network) || this.counts.hasRoom(network, CONNECTIONS.network);
  }

  /** Counts a connection until it is closed; closes it at once where its member has too many. */
  enter(socket: RealtimeSocket): void {
    const { email } = socket.data;
    if (email && !this.counts.hasRoom(memberKey(email), CONNECTIONS.member)) {
      this.logger.warn(`${email} has ${CONNECTIONS.member} connections open: one more is closed (${socket.id})`);
      evictions.next('too-many-connections');
      socket.conn.close();
      return;
    }
    for (const key of keysOf(socket)) this.counts.enter(key);
    // Not `disconnect`: by that Nest's adapter knows whether it listens already.
    socket.on('disconnecting', this.leave);
  }
}

function keysOf({ data: { email, network = 'unknown' } }: RealtimeSocket): readonly string[] {
  return email ? [network, memberKey(email)] : [network];
}

function memberKey(email: string): string {
  return `member ${email}`;
}
