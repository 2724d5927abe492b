import { Refusal } from '../errors/refusal.js';
import type { RealtimeSocket } from './socket.js';

/** Queries of one socket that may be unanswered: each may read a page of the past, and hold it until it is sent. */
const MAX_UNANSWERED = 64;

/** Bounds what sockets ask that is no command: commands, which wait for the disk, are bounded by the journal. */
export class QueryLimiter {
  /** Unanswered queries, of the sockets that have any. */
  private readonly unanswered = new WeakMap<RealtimeSocket, number>();

  /** Runs a query of a socket; throws `RATE_LIMITED` when too many of that socket are unanswered. */
  async run<Result>(socket: RealtimeSocket, query: () => Result): Promise<Awaited<Result>> {
    const others = this.unanswered.get(socket) ?? 0;
    if (others >= MAX_UNANSWERED) throw new Refusal('RATE_LIMITED', 'Too many queries at once. Try again soon.');
    this.unanswered.set(socket, others + 1);
    try {
      return await query();
    } finally {
      this.finish(socket);
    }
  }

  private finish(socket: RealtimeSocket): void {
    const others = (this.unanswered.get(socket) ?? 1) - 1;
    if (others > 0) this.unanswered.set(socket, others);
    else this.unanswered.delete(socket);
  }
}
