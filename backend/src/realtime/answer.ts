import { Logger } from '@nestjs/common';
import type { Ack, Refused } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';

/** Answers a request, once: whatever is said after the first time is ignored. */
export type Answer = (ack: Ack<unknown>) => void;

const logger = new Logger('Realtime');

/** Calls the callback of a request with its answer; does nothing when there is none (B13). */
export function answerOnce(callback: unknown): Answer {
  let open = typeof callback === 'function' ? (callback as Answer) : undefined;
  return (ack) => {
    const answer = open;
    open = undefined;
    answer?.(ack);
  };
}

/** What the sender reads of an error. Everything but a refusal is a defect of ours: logged, without stack or payload. */
export function refusedBy(error: unknown): Refused {
  if (error instanceof Refusal) return error.refused;
  logger.error(`A request failed: ${error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error'}`);
  return { code: 'INTERNAL', message: 'The server could not do that.', retry: false };
}
