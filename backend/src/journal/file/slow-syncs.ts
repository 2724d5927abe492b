/** From how long on a sync is slow, in ms: people notice that they wait. */
export const SLOW_SYNC_MS = 1_000;
/** For how long, in ms, no further line is written: on a slow disk each sync is slow. */
const QUIET_MS = 60_000;

/** Writes into the log that the disk is slow: the first time at once, then at most once a minute. */
export class SlowSyncs {
  private unnoted = 0;
  private quietUntil = -Infinity;

  /** @param print takes the line, and the numbers in it */
  constructor(private readonly print: (line: string, fields: object) => void) {}

  /**
   * @param ms how long a sync took
   * @param now in ms, of any clock that does not run backwards
   */
  note(ms: number, now: number): void {
    if (ms < SLOW_SYNC_MS) return;
    this.unnoted++;
    if (now < this.quietUntil) return;
    const more = this.unnoted > 1 ? ` ${this.unnoted} times since this was last said.` : '';
    const took = Math.round(ms);
    const line = `The disk is slow: it took ${took} ms to confirm a write, for which everybody waited.${more}`;
    this.print(line, { event: 'slow-sync', ms: took, count: this.unnoted });
    this.unnoted = 0;
    this.quietUntil = now + QUIET_MS;
  }
}
