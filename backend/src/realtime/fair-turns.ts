import type { RealtimeSocket } from './socket.js';
import { pauseReading, resumeReading } from './socket-internals.js';

/**
 * Requests of one connection that are handled in one turn of the event loop: a few milliseconds at most. More than one sender
 * usually has in flight, for what is handled in one turn is stored and broadcast together.
 */
export const REQUESTS_PER_TURN = 128;

interface Request {
  readonly name: string;
  readonly args: readonly unknown[];
}

/**
 * Lets every connection have its turn. Node reads up to 2 MB from one before it looks at the next, which may be tens of
 * thousands of requests: one connection that sends as fast as it can would make the others wait for seconds.
 */
export class FairTurns {
  /** Requests that came in this turn. */
  private readonly counts = new Map<RealtimeSocket, number>();
  /** Of the sockets with more than fit into a turn. They are not read from until it is empty. */
  private readonly queues = new Map<RealtimeSocket, Request[]>();
  private isScheduled = false;

  constructor(private readonly handle: (socket: RealtimeSocket, name: string, args: readonly unknown[]) => void) {}

  /** Handles a request at once, or when the others have had their turn; those of one socket in their order. */
  take(socket: RealtimeSocket, name: string, args: readonly unknown[]): void {
    const queue = this.queues.get(socket);
    if (queue) queue.push({ name, args });
    else if (this.isTooMuch(socket)) {
      this.queues.set(socket, [{ name, args }]);
      pauseReading(socket);
    } else this.handle(socket, name, args);
  }

  private isTooMuch(socket: RealtimeSocket): boolean {
    const count = (this.counts.get(socket) ?? 0) + 1;
    this.counts.set(socket, count);
    this.schedule();
    return count > REQUESTS_PER_TURN;
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => this.nextTurn());
  }

  private nextTurn(): void {
    this.isScheduled = false;
    this.counts.clear();
    for (const [socket, queue] of this.queues) {
      for (const { name, args } of queue.splice(0, REQUESTS_PER_TURN)) this.handle(socket, name, args);
      if (queue.length > 0) continue;
      this.queues.delete(socket);
      resumeReading(socket);
    }
    if (this.queues.size > 0) this.schedule();
  }
}
