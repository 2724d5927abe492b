import type { RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../errors/refusal.js';

/** The refusal of what was one too many, with when to come back. */
export function tooOften({ msBeforeNext }: RateLimiterRes): Refusal {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  return new Refusal('RATE_LIMITED', `Too much at once. Try again in ${seconds} s.`, undefined, seconds);
}
