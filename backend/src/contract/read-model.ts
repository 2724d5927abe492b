import type { Message } from './message.js';
import type { Product } from './product.js';
import type { ProductRecord } from './records.js';

/**
 * As of which record an answer of the read model holds: it may be a moment behind the feed, and far behind while it is being
 * rebuilt. `n` against the number of the newest record is how far it has come.
 */
export interface AsOf {
  readonly n: number;
}

/** A moment of the history: after record `n`, or after the last record that is not later than `at` (ISO instant). */
export type Moment = { readonly n: number } | { readonly at: string };
/** A moment as both: the number of a record, and its instant; the empty string before the first one. */
export interface PlaceInTime {
  readonly n: number;
  readonly at: string;
}

export interface ProductTimelineRequest {
  /** The id of the product; it may have been removed. */
  readonly product: number;
  /** Entries older than this number; left out: the newest. */
  readonly before?: number;
  /** Only entries newer than this number. */
  readonly after?: number;
  readonly limit: number;
  readonly only?: 'messages' | 'changes';
}
/** One record: a message about the product, as it is now, or changes of it; both for a message that moved its stock. */
export interface TimelineEntry {
  readonly n: number;
  readonly message?: Message;
  readonly changes?: readonly ProductRecord[];
}
export interface ProductTimelinePage extends AsOf {
  /** Newest first. */
  readonly entries: readonly TimelineEntry[];
  readonly more: boolean;
}

export interface ProductsThenRequest {
  /** Products, and the record right after which each is asked for. */
  readonly of: readonly { readonly product: number; readonly n: number }[];
}
export interface ProductsThen extends AsOf {
  /** In the order asked for; null where it was not there then, or that record is not indexed yet. */
  readonly products: readonly (Product | null)[];
}

export interface UnreadAboutRequest {
  /** Messages newer than this number. */
  readonly after: number;
}
export interface UnreadAbout extends AsOf {
  /** Products that others' messages are about, with the number of these. */
  readonly products: readonly { readonly product: number; readonly messages: number }[];
}

export interface SearchRequest {
  /** Words and operators: see `parseSearch`. */
  readonly query: string;
  /** The time zone in which dates are meant, see `isTimeZone`; left out: that of the server. */
  readonly zone?: string;
  /** Hits older than the one with this number. */
  readonly before?: number;
  readonly limit: number;
}
/** A message, a change of a product, or a product itself, whose newest record that is. */
export type SearchHit =
  | { readonly kind: 'message'; readonly n: number; readonly message: Message }
  | { readonly kind: 'change'; readonly n: number; readonly change: ProductRecord; readonly title: string }
  | { readonly kind: 'product'; readonly n: number; readonly product: Product };
export interface SearchPage extends AsOf {
  /** Newest first. */
  readonly hits: readonly SearchHit[];
  readonly more: boolean;
}

export interface CatchUpRequest {
  readonly from: Moment;
  /** Left out: now. */
  readonly to?: Moment;
}
/** What one moment differs from another by: net, so that what came and went again is not there. */
export interface CatchUp extends AsOf {
  readonly from: PlaceInTime;
  readonly to: PlaceInTime;
  /** Lists have `LIMITS.catchUpList` entries at most; `totals` say how many there are. */
  readonly added: readonly Product[];
  /** As they were at `from`. */
  readonly removed: readonly Product[];
  readonly changed: readonly { readonly then: Product; readonly now: Product }[];
  /** Posted in between by others, and not deleted: those that mention the member, newest first. */
  readonly mentions: readonly Message[];
  /** The others, newest first. */
  readonly messages: readonly Message[];
  readonly totals: Readonly<Record<'added' | 'removed' | 'changed' | 'mentions' | 'messages', number>>;
}

export interface BoardAtRequest {
  readonly at: Moment;
  /** Products with ids above this one; 0 for the first. */
  readonly after: number;
  readonly limit: number;
}
export interface BoardAt extends AsOf {
  readonly place: PlaceInTime;
  /** By id, ascending, as they were. */
  readonly products: readonly Product[];
  readonly more: boolean;
  /** How many there were. */
  readonly total: number;
}

/** What may be asked of the read model, by members and visitors alike: the payload and the data of the answer. */
export interface ReadModelQueries {
  /** What was said about a product and what happened to it. `NOT_FOUND` when there never was such a product. */
  'product:timeline': { payload: ProductTimelineRequest; data: ProductTimelinePage };
  /** Products as they were at records of the past: what a card under a message compares with. */
  'product:then': { payload: ProductsThenRequest; data: ProductsThen };
  /** For the member: messages of others about each product, since a record. */
  'product:unread': { payload: UnreadAboutRequest; data: UnreadAbout };
  /** `INVALID` with the field `query` for an operator that cannot be read: the rule says which. */
  search: { payload: SearchRequest; data: SearchPage };
  'catch-up': { payload: CatchUpRequest; data: CatchUp };
  /** The board as it was, in pages. */
  'board:at': { payload: BoardAtRequest; data: BoardAt };
}
