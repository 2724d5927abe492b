import { COMMANDS } from './commands.js';

/** How often something may be asked for in so many seconds: by one member, and from one network by all together. */
export interface Rate {
  readonly member: number;
  readonly network: number;
  readonly seconds: number;
}

/**
 * What is more is refused with `RATE_LIMITED` and `retryAfter`. A visitor counts with the network alone. A network is an IPv4 address,
 * or the first 64 bits of an IPv6 address. Typing has a rule of its own: once a second.
 */
export const RATES = {
  /** Commands: an import of 3,000 lines and its undo. */
  command: { member: 6_000, network: 30_000, seconds: 10 },
  /** `feed:join`: after a start of the server everybody comes back at once, and asks for page after page. */
  join: { member: 300, network: 6_000, seconds: 10 },
  /** What the index must look for: `search`, `catch-up`, `board:at`. */
  search: { member: 100, network: 1_000, seconds: 10 },
  /** Everything else that is asked for: pages of messages and products, marks. */
  query: { member: 1_000, network: 20_000, seconds: 10 },
  /** HTTP: `POST /api/session`. */
  identify: { member: 100, network: 100, seconds: 60 },
  /** HTTP: `POST /api/pictures`. */
  upload: { member: 300, network: 1_000, seconds: 60 },
  /** HTTP: `GET /api/session/data`, which reads the whole journal. */
  export: { member: 6, network: 60, seconds: 60 },
  /** HTTP: `GET /api/admin/status`, some of which is looked for on the disk. */
  status: { member: 300, network: 1_000, seconds: 60 },
  /** HTTP: `POST /api/admin/backup`, which reads all there is and fills a disk. */
  backup: { member: 6, network: 60, seconds: 60 },
} as const satisfies Record<string, Rate>;
export type RateKind = keyof typeof RATES;

const SEARCHES: ReadonlySet<string> = new Set(['search', 'catch-up', 'board:at']);

/** What a request counts as; a name that nobody knows counts as a query. */
export function rateKindOf(request: string): RateKind {
  if (request in COMMANDS) return 'command';
  if (request === 'feed:join') return 'join';
  return SEARCHES.has(request) ? 'search' : 'query';
}
