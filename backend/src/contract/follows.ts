import { foldCode } from './product-code.js';

/** What somebody follows: one product, by its id, or every product of a category. */
export type FollowTarget = { readonly product: number } | { readonly category: string };

/** A rule of one member: of what to be alerted. One in which nothing is asked for is none. */
export interface Follow {
  readonly on: FollowTarget;
  /** When fewer pieces are left than this, and there were not fewer before. */
  readonly stockBelow?: number;
  /** When the price becomes another. */
  readonly price?: boolean;
  /** When a message is about it. */
  readonly mentions?: boolean;
}

export interface SetFollow {
  /** Takes the place of the member's rule on the same target. */
  readonly follow: Follow;
}
export interface Follows {
  /** At most `LIMITS.follows`, in the order in which they were set. */
  readonly follows: readonly Follow[];
}

/** What somebody else did that a member's rule asks for; once, however many rules do. */
export interface Alert {
  /** The number of the record. */
  readonly n: number;
  readonly at: string;
  readonly by: string;
  /** The id of the product, and its title then. */
  readonly product: number;
  readonly title: string;
  readonly kind: 'stock' | 'price' | 'mention';
  /** Pieces, or the price, before and after it; absent for a mention. */
  readonly then?: number;
  readonly now?: number;
}

export interface SeeAlerts {
  /** The number of the newest alert that was seen. */
  readonly n: number;
}

/** What a member may ask for beside commands. None of it is in the journal: a crash may take the last second of it. */
export interface FollowQueries {
  /**
   * Sets, changes or (with nothing asked for) takes away one rule; the member's other connections get `follows`. `NOT_FOUND`
   * when there never was such a product, `INVALID` with the rule `maxFollows` for more than `LIMITS.follows`.
   */
  'follow:set': { payload: SetFollow; data: Follows };
  /** Takes the alerts up to that number away; the member's other connections get `alerts-seen`. */
  'alerts:seen': { payload: SeeAlerts; data: null };
}

/** What goes to the connections of one member. */
export interface FollowEvents {
  /** To the other connections of a member whose rules have changed: all of them. */
  follows: (follows: Follows) => void;
  /** To all connections of a member, after the `feed` packet with the record. */
  alert: (alert: Alert) => void;
  /** To the other connections of a member who has seen alerts. */
  'alerts-seen': (seen: SeeAlerts) => void;
}

/** What the answer to `feed:join` says to a member: nothing where there is none. */
export interface FollowParts {
  readonly follows?: readonly Follow[] | undefined;
  /** Those that the member has not seen on any device, oldest first; the newest `LIMITS.alerts`. */
  readonly alerts?: readonly Alert[] | undefined;
}

/** Whether two targets are the same: categories are compared as people read them. */
export function isSameTarget(one: FollowTarget, other: FollowTarget): boolean {
  return targetKey(one) === targetKey(other);
}

/** A target as a key of a map. */
export function targetKey(target: FollowTarget): string {
  return 'product' in target ? `product ${target.product}` : `category ${foldCode(target.category)}`;
}

/** Whether a rule asks for anything. */
export function asksForAnything({ stockBelow, price, mentions }: Follow): boolean {
  return stockBelow !== undefined || price === true || mentions === true;
}
