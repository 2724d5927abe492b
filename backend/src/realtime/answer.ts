import type { Ack, Refused } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import { type Asked, logFailure } from './request-log.js';

/** Answers a request, once: whatever is said after the first time is ignored. */
export type Answer = (ack: Ack<unknown>) => void;

/** Calls the callback of a request with its answer; does nothing when there is none (B13). */
export function answerOnce(callback: unknown): Answer {
  let open = typeof callback === 'function' ? (callback as Answer) : undefined;
  return (ack) => {
    const answer = open;
    open = undefined;
    answer?.(ack);
  };
}

/** What the sender reads of an error, which is logged. Everything but a refusal is a defect of ours. */
export function refusedBy(error: unknown, asked: Asked): Refused {
  logFailure(error, asked);
  if (error instanceof Refusal) return error.refused;
  return { code: 'INTERNAL', message: 'The server could not do that.', retry: false };
}
