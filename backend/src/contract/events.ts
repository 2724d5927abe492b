import type { Ack } from './ack.js';
import type { CommandData, CommandName, CommandPayload } from './commands.js';
import type { FollowEvents, FollowParts, FollowQueries } from './follows.js';
import type { Mark, SetMark } from './marks.js';
import type { MemberInfo } from './members.js';
import type { Message } from './message.js';
import type { Product } from './product.js';
import type { PlaceInTime, ReadModelQueries } from './read-model.js';
import type { JournalRecord, ProductRecord } from './records.js';

/** How far a client has applied one journal. */
export interface Cursor {
  /** The identity of the journal, from the answer to `feed:join`. */
  readonly journal: string;
  readonly n: number;
  /**
   * The id of the command of record `n`. By it the server sees that its journal was restored from an older copy and went
   * on with other records: then everything is sent anew, as to a cursor without it.
   */
  readonly command?: string;
}

/** What the answer to `feed:join` says to this member alone; nothing to a visitor. */
export interface OwnParts extends FollowParts {
  /** How far the member has read, on any device: the number given to `mark:set`; 0 before the first one. */
  readonly mark?: number | undefined;
  /**
   * Up to where the member has caught up, on any device: the record given to `mark:set` with `of: 'visit'`, and when that was.
   * Before the first one it is where the member came first.
   */
  readonly visit?: PlaceInTime | undefined;
  /** Numbers of messages that the member must read and has not agreed to, oldest first; absent for none. */
  readonly toRead?: readonly number[] | undefined;
}

/** The records after the cursor: the journal is the same, and the gap not too long. */
export interface Resumed extends OwnParts {
  readonly mode: 'resumed';
  readonly journal: string;
  /** The number of the last durable record, where live `feed` packets continue at `n + 1`; of a page, of its last record. */
  readonly n: number;
  readonly records: readonly JournalRecord[];
  /** This is one page of a long gap: live packets begin when the client has joined again for the rest. */
  readonly more?: true;
}

export interface JoinFeed {
  /** How far the client has come; null for a new one. */
  readonly cursor: Cursor | null;
  /** Whether the client understands `more`. Without it a long gap is answered with a snapshot. */
  readonly pages?: boolean;
  /**
   * How many products the client takes with a snapshot at most; it asks for the others with `products:page`. Then the
   * snapshot has the newest messages and the first products only, in about `LIMITS.pageBytes`. Without it every product is in
   * the snapshot, however many there are.
   */
  readonly firstProducts?: number;
}

/** Everything as it was at `n`: a new client, a long gap, or another journal. */
export interface Snapshot extends SnapshotParts, OwnParts {
  readonly mode: 'snapshot';
  readonly journal: string;
  readonly n: number;
  /** The id of the command of record `n`, for the cursor; absent in an empty journal. */
  readonly command?: string;
}

/** What a snapshot shows; each part is one feature's. */
export interface SnapshotParts {
  /** By id, ascending: all, or the first ones where there is a `productTotal`. */
  readonly products: readonly Product[];
  /** How many products there are, where `products` has only the first ones. */
  readonly productTotal?: number | undefined;
  /** The newest page, oldest first. */
  readonly messages: readonly Message[];
  /** Whether there are older messages; `chat:history` has them. */
  readonly more: boolean;
  /** What is known of members beside their e-mails, by e-mail; absent while nothing is. */
  readonly members?: readonly MemberInfo[] | undefined;
  /** The number of the message that stands on top of the conversation, which may be an old one; absent when none does. */
  readonly pinned?: number | undefined;
}

export interface HistoryRequest {
  /** Messages older than this number. */
  readonly before: number;
  /** At most; fewer come when these would have more than `LIMITS.pageBytes`. `more` says whether that is all. */
  readonly limit: number;
}
export interface HistoryPage {
  /** Oldest first. */
  readonly messages: readonly Message[];
  readonly more: boolean;
}

export interface ProductHistoryRequest {
  /** The id of the product; it may have been removed. */
  readonly product: number;
  /** Records older than this number; left out: the newest. */
  readonly before?: number;
  readonly limit: number;
}
export interface ProductHistoryPage {
  /**
   * Newest first. Fewer than asked for where they are long: see `LIMITS.productHistoryBytes`; more where one message moved the stock
   * several times, because a message's moves are never divided.
   */
  readonly records: readonly ProductRecord[];
  /** Whether there are older ones. */
  readonly more: boolean;
}
export interface ProductsRequest {
  /** Products with ids above this one; 0 for the first. */
  readonly after: number;
  /** At most; fewer come when these would have more than `LIMITS.pageBytes`. */
  readonly limit?: number;
  /** Whether the client takes a `PackedPage`, which has twice as many products and a third of the bytes. */
  readonly packed?: boolean;
}
/** A `ProductsPage` as JSON in UTF-8, compressed with raw deflate (RFC 1951). In a browser it arrives as an `ArrayBuffer`. */
export interface PackedPage {
  readonly deflated: Uint8Array<ArrayBuffer> | ArrayBuffer;
}
export interface ProductsPage {
  /**
   * The record as of which these products are. A client that has not come so far takes the page when it has; one that has
   * come further applies to each product the records after it that are about it.
   */
  readonly n: number;
  /** By id, ascending. */
  readonly products: readonly Product[];
  /** Whether there are products with higher ids. */
  readonly more: boolean;
  /** How many products there are. */
  readonly total: number;
}

/** What a client may ask for besides commands, which are in `COMMANDS`: the payload and the data of the answer. */
interface Queries {
  /** Snapshot or missing records; from then on the sender gets every `feed` packet. */
  'feed:join': { payload: JoinFeed; data: Resumed | Snapshot };
  'chat:history': { payload: HistoryRequest; data: HistoryPage };
  /**
   * The records about a product, which may have been removed. `stock` of the records added, restored and moved is the number
   * of pieces after it. `NOT_FOUND` when there never was such a product.
   */
  'product:history': { payload: ProductHistoryRequest; data: ProductHistoryPage };
  /** The products that a snapshot left out. The server remembers nothing of who asks, or of what they have. */
  'products:page': { payload: ProductsRequest; data: ProductsPage | PackedPage };
  /** Volatile; the others get `chat:typing`. Refused with `RATE_LIMITED` when a member does it too often. */
  'chat:typing': { payload: Record<string, never>; data: null };
  /**
   * Members only. Moves the mark up to which this member has read forward, never back; the member's other connections get
   * `mark`. It is no record of the journal: a crash may take what was set in the last second.
   */
  'mark:set': { payload: SetMark; data: Mark };
}

/** Everything that a client may ask for: the payload it sends and the data that a successful acknowledgement brings. */
export type Requests = Queries &
  FollowQueries &
  ReadModelQueries & {
    [Name in CommandName]: { payload: CommandPayload<Name>; data: CommandData<Name> };
  };
export type RequestName = keyof Requests;
export type Payload<Name extends RequestName> = Requests[Name]['payload'];
export type Data<Name extends RequestName> = Requests[Name]['data'];

/** Who is online. One person in five tabs is one member. */
export interface Presence {
  /** E-mails, sorted. */
  readonly members: readonly string[];
  /** Connections that have not identified. */
  readonly visitors: number;
}

/** Client → server, as socket.io types it. The callback is optional (B13). */
export type ClientEvents = {
  [Name in RequestName]: (payload: Payload<Name>, ack?: (answer: Ack<Data<Name>>) => void) => void;
};

/** Server → client. */
export interface ServerEvents extends FollowEvents {
  /** Every durable change, contiguous and in order, one packet per batch, to everyone who joined. */
  feed: (packet: { readonly records: readonly JournalRecord[] }) => void;
  /** To everyone, when somebody comes or goes. */
  presence: (presence: Presence) => void;
  /** Volatile: to every connection that has joined but the one on which somebody types. */
  'chat:typing': (typing: { readonly by: string }) => void;
  /** To the other connections of a member who has read further. */
  mark: (mark: Mark) => void;
}
