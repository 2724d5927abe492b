import { Refusal } from '../errors/refusal.js';
import type { RealtimeSocket } from './socket.js';

/** QueryLimiter of one socket that may be unanswered: each may read a page of the past, and hold it until it is sent. */
const MOST = 64;

/** What sockets ask that is no command: commands, which wait for the disk, are counted by the journal. */
export class QueryLimiter {
  /** Those that are unanswered, of the sockets that have any. */
  private readonly open = new WeakMap<RealtimeSocket, number>();

  /** Asks for a socket; throws `RATE_LIMITED` when too many of its questions wait already. */
  async ask<Answer>(socket: RealtimeSocket, question: () => Answer): Promise<Awaited<Answer>> {
    const others = this.open.get(socket) ?? 0;
    if (others >= MOST) throw new Refusal('RATE_LIMITED', 'Too many questions at once. Try again soon.');
    this.open.set(socket, others + 1);
    try {
      return await question();
    } finally {
      this.left(socket);
    }
  }

  private left(socket: RealtimeSocket): void {
    const others = (this.open.get(socket) ?? 1) - 1;
    if (others > 0) this.open.set(socket, others);
    else this.open.delete(socket);
  }
}
