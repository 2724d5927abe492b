import { Logger } from '@nestjs/common';
import { Refusal } from '../errors/refusal.js';
import type { RealtimeSocket } from './socket.js';

/** Requests in one interval after which a connection is not of a page any more, and only costs the others their time. */
const FLOOD = 100;

const logger = new Logger('Realtime');

/** Lets each member do something once in an interval, over all connections of that member together. */
export class MemberThrottle {
  /** Requests in the running interval, by member. */
  private readonly counts = new Map<string, number>();

  constructor(private readonly intervalMs: number) {}

  /** Throws `RATE_LIMITED` when it was too soon; a connection that goes on all the same is closed. */
  pass(member: string, socket: RealtimeSocket): void {
    const count = (this.counts.get(member) ?? 0) + 1;
    this.counts.set(member, count);
    if (count === 1) setTimeout(() => this.counts.delete(member), this.intervalMs).unref();
    if (count > FLOOD) disconnect(member, socket);
    if (count > 1) throw new Refusal('RATE_LIMITED', 'That was too soon after the last time.');
  }
}

function disconnect(member: string, socket: RealtimeSocket): void {
  if (socket.conn.readyState !== 'open') return;
  logger.warn(`${member} is disconnected because too many requests come from there`);
  socket.conn.close(true);
}
