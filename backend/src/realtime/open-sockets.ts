import { Injectable } from '@nestjs/common';
import { waitingBytes } from './slow-readers.js';
import type { RealtimeServer } from './socket.js';

/** The connections that stand, for whoever looks. Counted when asked: nothing is kept for it. */
@Injectable()
export class OpenSockets {
  private server: RealtimeServer | undefined;

  of(server: RealtimeServer): void {
    this.server = server;
  }

  get count(): number {
    return this.server?.sockets.sockets.size ?? 0;
  }

  /** Bytes that wait until connections take the packets before them, of all together. */
  get waitingBytes(): number {
    let sum = 0;
    for (const { conn } of this.server?.sockets.sockets.values() ?? []) sum += waitingBytes(conn);
    return sum;
  }
}
