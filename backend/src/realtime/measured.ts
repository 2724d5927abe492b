import { Subject } from 'rxjs';
import type { RefusalCode } from '../contract/index.js';
import type { Answer } from './answer.js';

/** A request that has its answer. */
export interface Answered {
  /** One of the contract; `unknown` for every other: what strangers choose must not become the name of a counter. */
  readonly request: string;
  readonly result: 'OK' | RefusalCode;
  /** From its arrival. */
  readonly ms: number;
}

/** One packet for many, written to the sockets that took it at once, and handed over for the others. */
export interface Broadcast {
  /** As the contract names it. */
  readonly event: string;
  readonly bytes: number;
  readonly ms: number;
}

/** Why the server closed a connection that its client wanted to keep. */
export type Eviction = 'slow-reader' | 'too-many-requests' | 'too-many-connections';

/*
 * What happens on the paths that must be fast, for whoever measures. Nobody but the metrics does: while these are off, nothing is
 * computed for them.
 */
export const answered = new Subject<Answered>();
export const broadcasts = new Subject<Broadcast>();
export const evictions = new Subject<Eviction>();
/** Answers to `feed:join`; a page is a part of a resumed gap. */
export const joins = new Subject<'snapshot' | 'resumed' | 'page'>();

/** Reports the first of the answers, which is the one that counts. */
export function measured(answer: Answer, request: string): Answer {
  if (!answered.observed) return answer;
  const from = performance.now();
  let isOpen = true;
  return (ack) => {
    if (isOpen) answered.next({ request, result: ack.ok ? 'OK' : ack.error.code, ms: performance.now() - from });
    isOpen = false;
    answer(ack);
  };
}
