import { Refusal } from '../errors/refusal.js';

/** Lets each member do something once in an interval, over all connections of that member together. */
export class MemberThrottle {
  /** Members for whom it is too soon. */
  private readonly recent = new Set<string>();

  constructor(private readonly intervalMs: number) {}

  /** Throws `RATE_LIMITED` when the last time is less than an interval ago. */
  pass(member: string): void {
    if (this.recent.has(member)) throw new Refusal('RATE_LIMITED', 'That was too soon after the last time.');
    this.recent.add(member);
    setTimeout(() => this.recent.delete(member), this.intervalMs).unref();
  }
}
