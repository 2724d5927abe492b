import type { RefusalCode, Refused } from '../contract/index.js';

/** Codes after which the same command, with the same id, may succeed later. */
const RETRY: ReadonlySet<RefusalCode> = new Set(['RATE_LIMITED', 'STORAGE_FULL', 'SHUTTING_DOWN']);

/** A command that is refused with a code of the contract. Where it is thrown does not matter: it becomes the acknowledgement. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly fields?: Refused['fields'],
    /** In seconds. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }

  /** What the sender reads. */
  get refused(): Refused {
    const { code, message, fields, retryAfter } = this;
    return { code, message, retry: RETRY.has(code), ...(retryAfter && { retryAfter }), ...(fields && { fields }) };
  }
}

/** Refuses what would be more than there may be of something: `products`, `members`, `pictures` of `LIMITS`. */
export function requireRoom(field: string, count: number, limit: number): void {
  if (count < limit) return;
  throw new Refusal('FORBIDDEN', `There are ${limit} already: that is all there may be.`, [{ field, rule: 'hasRoom' }]);
}

/** The same command, with the same id, succeeds with the next process. */
export const stopping = (): Refusal => new Refusal('SHUTTING_DOWN', 'The server is stopping.');
