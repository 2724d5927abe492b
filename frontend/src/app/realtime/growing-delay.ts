const FIRST_MS = 500;
const LONGEST_MS = 5_000;

/**
 * How long to wait before the next attempt, in ms: it doubles with each attempt (from 0) up to 5 s, and a random value in the
 * upper half of that is taken, so that a thousand pages do not come back at the same instant.
 */
export function growingDelay(attempt: number): number {
  const longest = Math.min(FIRST_MS * 2 ** attempt, LONGEST_MS);
  return (longest * (1 + Math.random())) / 2;
}
