import { Logger } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { describeError, placeOf } from '../errors/describe-error.js';
import { Refusal } from '../errors/refusal.js';
import { RefusalCounts } from './refusal-counts.js';
import type { RealtimeSocket } from './socket.js';

/** A request, as far as the log may name it. */
export interface Asked {
  readonly socket: RealtimeSocket;
  /** One of the contract's: any other is text that somebody has sent. */
  readonly name: string;
  readonly payload: unknown;
}

const logger = new Logger('Realtime');
const counts = new RefusalCounts((line, fields) => logger.log(line, fields));

/**
 * Notes a request that failed. A refusal is an answer like any other: one line where somebody looks for it (`debug`), and how many
 * there were of which code once a minute, so that a flood of them is no flood of lines. A defect is one line each, with the id of
 * the command, which the page shows and the record would have.
 */
export function logFailure(error: unknown, { socket, name, payload }: Asked): void {
  const by = socket.data.email;
  const command = commandOf(payload);
  const fields = { request: name, ...(by && { by }), ...(command && { command }), socket: socket.id };
  const who = by ?? 'A visitor';
  if (error instanceof Refusal) {
    counts.add(error.code);
    logger.debug(`${who} is refused ${name}: ${error.code}${command && ` (${command})`}`, {
      ...{ event: 'refused', code: error.code },
      ...fields,
    });
    return;
  }
  counts.add('INTERNAL');
  const place = placeOf(error);
  const what = [`${name} of ${by ?? 'a visitor'}`, command && `command ${command}`, place].filter(Boolean).join(', ');
  logger.error(`A request failed: ${describeError(error)} (${what})`, { event: 'failed', ...fields, place });
}

/** The id of a command; empty for a question, and where another text stands in its place. */
function commandOf(payload: unknown): string {
  const id = typeof payload === 'object' && payload !== null && 'id' in payload ? payload.id : undefined;
  return isUUID(id) ? String(id) : '';
}
