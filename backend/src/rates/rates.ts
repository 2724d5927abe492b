import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Config } from '../config.js';
import { type Rate, type RateKind, RATES } from '../contract/index.js';
import { isLoopback } from './network.js';
import { tooOften } from './too-often.js';

/** Who asks. */
export interface Asker {
  /** E-mail; undefined for a visitor. */
  readonly email?: string | undefined;
  /** See `networkOf`. */
  readonly network?: string | undefined;
}

interface Limiters {
  readonly member: RateLimiterMemory;
  readonly network: RateLimiterMemory;
}

/** Whoever is on the machine itself, as tests are, and a proxy that is not believed, is one network for everybody: it is not counted. */
const isCounted = (network: string | undefined): network is string => network !== undefined && !isLoopback(network);

/** How often each member, and each network, may ask for what: the table is `RATES`. In memory: a restart forgives. */
@Injectable()
export class Rates {
  private readonly limiters: ReadonlyMap<RateKind, Limiters>;

  constructor({ RATE_LIMITS }: Config) {
    const kinds = Object.entries(RATE_LIMITS === 'yes' ? RATES : {}) as [RateKind, Rate][];
    this.limiters = new Map(kinds.map(([kind, rate]) => [kind, limitersOf(rate)]));
  }

  /** Counts one request. Rejects with `RATE_LIMITED`, and when to come back, where it is one too many. */
  async take(kind: RateKind, { email, network }: Asker): Promise<void> {
    const limiters = this.limiters.get(kind);
    if (!limiters) return;
    try {
      // One after the other: what is refused to a member does not count against the colleagues in the same network.
      if (email !== undefined) await limiters.member.consume(email);
      if (isCounted(network)) await limiters.network.consume(network);
    } catch (reached) {
      throw reached instanceof RateLimiterRes ? tooOften(reached) : reached;
    }
  }
}

function limitersOf({ member, network, seconds: duration }: Rate): Limiters {
  return {
    member: new RateLimiterMemory({ points: member, duration }),
    network: new RateLimiterMemory({ points: network, duration }),
  };
}
