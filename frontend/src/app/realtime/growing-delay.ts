const FIRST = 500;
const LONGEST = 5_000;

/**
 * How long to wait before trying again, in ms: doubles with each attempt (from 0) up to 5 s, and lies anywhere in the
 * upper half of that, so that a thousand pages do not return in the same instant.
 */
export function growingDelay(attempt: number): number {
  const longest = Math.min(FIRST * 2 ** attempt, LONGEST);
  return (longest * (1 + Math.random())) / 2;
}
