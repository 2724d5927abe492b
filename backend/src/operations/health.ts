import { Injectable } from '@nestjs/common';
import type { HealthChecks, HealthWarning, NotReady, Readiness } from '../contract/index.js';
import { Journal } from '../journal/index.js';
import { DiskSpace } from './disk-space.js';
import { EventLoopDelay } from './event-loop-delay.js';
import { Stopping } from './stopping.js';

/**
 * Free space below which the server warns: a large batch, its part of the index, and a checkpoint fit into it,
 * so that the owner hears of it before anybody is refused.
 */
export const MIN_FREE_BYTES = 64 * 1_024 * 1_024;
/** Delay from which on who waits takes the server for dead: the time that the health check of the image gives it. */
export const MAX_EVENT_LOOP_DELAY_MS = 3_000;

const MESSAGES: Readonly<Record<NotReady, string>> = {
  stopping: 'The server is stopping.',
  'disk-full': 'The disk is full: changes are refused until there is space; reading continues.',
  'journal-closed': 'The journal is not open: see the log.',
  overloaded: 'The server was busy for seconds without a break.',
};
const WARNINGS: Readonly<Record<HealthWarning, string>> = {
  'disk-low': 'Hardly any space is left on the disk: free some before changes are refused.',
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
    const results: readonly Result[] = Object.values(checks);
    const reason = results.find(isNotReady);
    const warnings = results.filter(isWarning);
    return {
      ...(reason ? { status: 'refusing', reason, message: MESSAGES[reason] } : { status: 'ok' }),
      ...(warnings.length > 0 && { warnings: warnings.map((each) => ({ reason: each, message: WARNINGS[each] })) }),
      checks,
    };
  }

  private async checks(): Promise<HealthChecks> {
    const { journal, eventLoop, stopping } = this;
    const space = await this.disk.now();
    return {
      process: stopping.begun ? 'stopping' : 'ok',
      journal: journal.ready ? 'ok' : journal.condition.full ? 'disk-full' : 'journal-closed',
      disk: stateOf(space?.free),
      eventLoop: eventLoop.longestMs > MAX_EVENT_LOOP_DELAY_MS ? 'overloaded' : 'ok',
    };
  }
}

type Result = HealthChecks[keyof HealthChecks];

const isNotReady = (result: Result): result is NotReady => result in MESSAGES;
const isWarning = (result: Result): result is HealthWarning => result in WARNINGS;

/** @param free bytes; undefined where the file system does not say */
function stateOf(free = MIN_FREE_BYTES): HealthChecks['disk'] {
  // A server that starts on a full disk has not written anything yet that could fail.
  if (free === 0) return 'disk-full';
  return free < MIN_FREE_BYTES ? 'disk-low' : 'ok';
}
