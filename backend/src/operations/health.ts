import { Injectable } from '@nestjs/common';
import type { HealthChecks, NotReady, Readiness } from '../contract/index.js';
import { Journal } from '../journal/index.js';
import { DiskSpace } from './disk-space.js';
import { EventLoopDelay } from './event-loop-delay.js';
import { Stopping } from './stopping.js';

/**
 * Free space below which the server says that it is not ready: a large batch, its part of the index, and a checkpoint fit into it,
 * so that the owner hears of it before anybody is refused.
 */
export const MIN_FREE_BYTES = 64 * 1_024 * 1_024;
/** Delay from which on who waits takes the server for dead: the time that the health check of the image gives it. */
export const MAX_EVENT_LOOP_DELAY_MS = 3_000;

const MESSAGES: Readonly<Record<NotReady, string>> = {
  stopping: 'The server is stopping.',
  'disk-full': 'The disk is full: changes are refused until there is space; reading continues.',
  'disk-low': 'Hardly any space is left on the disk: free some before changes are refused.',
  'journal-closed': 'The journal is not open: see the log.',
  overloaded: 'The server was busy for seconds without a break.',
};

/** Whether changes can be stored now, and if not, why. */
@Injectable()
export class Health {
  constructor(
    private readonly journal: Journal,
    private readonly disk: DiskSpace,
    private readonly eventLoop: EventLoopDelay,
    private readonly stopping: Stopping,
  ) {}

  async readiness(): Promise<Readiness> {
    const checks = await this.checks();
    const results: readonly HealthChecks[keyof HealthChecks][] = Object.values(checks);
    const reason = results.find((result) => result !== 'ok');
    return reason ? { status: 'refusing', reason, message: MESSAGES[reason], checks } : { status: 'ok', checks };
  }

  private async checks(): Promise<HealthChecks> {
    const { journal, eventLoop, stopping } = this;
    const space = await this.disk.now();
    return {
      process: stopping.begun ? 'stopping' : 'ok',
      journal: journal.ready ? 'ok' : journal.condition.full ? 'disk-full' : 'journal-closed',
      disk: space && space.free < MIN_FREE_BYTES ? 'disk-low' : 'ok',
      eventLoop: eventLoop.longestMs > MAX_EVENT_LOOP_DELAY_MS ? 'overloaded' : 'ok',
    };
  }
}
