import { createHmac, type KeyObject } from 'node:crypto';
import { type IRateLimiterOptions, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { tooOften } from '../../rates/too-often.js';

const MINUTE_S = 60;
/** How often in how long (seconds). Twenty tries an hour at eight digits: whoever goes on for a year has a chance of 1 in 570. */
export const CODE_LIMITS = {
  askOfAddress: { points: 5, duration: 15 * MINUTE_S },
  askOfNetwork: { points: 60, duration: 15 * MINUTE_S },
  tryOfAddress: { points: 20, duration: 60 * MINUTE_S },
  tryOfNetwork: { points: 100, duration: 15 * MINUTE_S },
} as const satisfies Record<string, IRateLimiterOptions>;
export type CodeLimit = keyof typeof CODE_LIMITS;

/**
 * Counters of each limit. Addresses and networks are spread over so many by a keyed hash, so memory has a bound whatever is asked
 * for, and nobody can choose with whom they share one.
 */
const COUNTERS = 2 ** 16;

/** How often codes may be asked for, and tried: for each address over all networks, and for each network over all addresses. */
export class CodeLimits {
  private readonly limiters = new Map(
    Object.entries(CODE_LIMITS).map(([name, limit]) => [name, new RateLimiterMemory(limit)] as const),
  );

  /** @param limited called once when a limit is reached, and not for each refusal after that */
  constructor(
    private readonly key: () => KeyObject,
    private readonly limited: (limit: CodeLimit, of: string) => void,
  ) {}

  /** Counts one; throws `RATE_LIMITED`, with when to come back, when that is too many. */
  async count(limit: CodeLimit, of: string): Promise<void> {
    try {
      await this.limiters.get(limit)?.consume(this.counterOf(of));
    } catch (reached) {
      if (!(reached instanceof RateLimiterRes)) throw reached;
      if (reached.consumedPoints === CODE_LIMITS[limit].points + 1) this.limited(limit, of);
      throw tooOften(reached);
    }
  }

  /** Forgets what was counted: whoever it is about has shown that they are who they say. */
  async forget(limit: CodeLimit, of: string): Promise<void> {
    await this.limiters.get(limit)?.delete(this.counterOf(of));
  }

  private counterOf(text: string): number {
    return createHmac('sha256', this.key()).update(`limit ${text}`).digest().readUInt32BE() % COUNTERS;
  }
}
