import type { Ack } from './ack.js';
import type { Message } from './message.js';
import type { Product, ProductFields } from './product.js';
import type { JournalRecord } from './records.js';

/** How far a client has applied one journal. */
export interface Cursor {
  /** The identity of the journal, from the answer to `feed:join`. */
  readonly journal: string;
  readonly n: number;
  /**
   * The id of the command of record `n`, where the client knows it. By it the server sees that its journal was restored
   * from an older copy and went on with other records: then everything is sent anew.
   */
  readonly command?: string;
}

/** The records after the cursor: the journal is the same, and the gap not too long. */
export interface Resumed {
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
}

/** Everything as it was at `n`: a new client, a long gap, or another journal. */
export interface Snapshot {
  readonly mode: 'snapshot';
  readonly journal: string;
  readonly n: number;
  /** The id of the command of record `n`, for the cursor; absent in an empty journal. */
  readonly command?: string;
  readonly products: readonly Product[];
  /** The newest page, oldest first. */
  readonly messages: readonly Message[];
  /** Whether there are older messages; `chat:history` has them. */
  readonly more: boolean;
}

/** A record's number and instant: the command is on the disk. */
export interface Stored {
  readonly n: number;
  /** ISO instant. */
  readonly at: string;
}

/** A command carries a UUID made when the person acts; the same id, sent again, gets the same answer and no second record. */
interface Command {
  readonly id: string;
  /**
   * Keeps the order among commands that are under way together. It names (by its id) the command that the same member sent
   * right before this one, over the same connection, and that is not answered yet. If that one is refused with
   * `STORAGE_FULL` or `RATE_LIMITED`, this one is too, with the same code, also when it could be stored, until the one
   * before has come again: so send what was refused again in its order. Nothing is held back by a command that was stored
   * or refused for good, and nothing without `after`. It is no part of what the command says, and may differ or be left
   * out when the command is sent again.
   */
  readonly after?: string;
}

export interface SendMessage extends Command {
  readonly text: string;
}
export interface EditMessage extends Command {
  readonly message: number;
  readonly text: string;
}
export interface DeleteMessage extends Command {
  readonly message: number;
}
export interface AgreeToMessage extends Command {
  readonly message: number;
}
export interface HistoryRequest {
  /** Messages older than this number. */
  readonly before: number;
  readonly limit: number;
}
export interface HistoryPage {
  /** Oldest first. */
  readonly messages: readonly Message[];
  readonly more: boolean;
}
export interface AddProduct extends Command, Pick<ProductFields, 'title' | 'price'> {
  readonly thumbnail?: string;
  readonly description?: string;
  readonly code?: string;
  readonly category?: string;
  readonly stock?: number;
}
export interface ChangeProduct extends Command {
  readonly product: number;
  /** The `n` that the sender had of this product. */
  readonly base: number;
  /** Only what the person changed. Stock is not among them: it moves, see `stock:move`. */
  readonly fields: Partial<ProductFields>;
}
export interface RemoveProduct extends Command {
  readonly product: number;
  /** When given, a product changed since is not removed: `CONFLICT`. */
  readonly base?: number;
}
export interface MoveStock extends Command {
  readonly product: number;
  /** Pieces that come (positive) or go (negative); not zero. */
  readonly delta: number;
  readonly note?: string;
}

/** What a client may ask for: the payload it sends and the data that a successful acknowledgement brings. */
export interface Requests {
  /** Snapshot or missing records; from then on the sender gets every `feed` packet. */
  'feed:join': { payload: JoinFeed; data: Resumed | Snapshot };
  'chat:send': { payload: SendMessage; data: Stored };
  /** Own messages only. */
  'chat:edit': { payload: EditMessage; data: Stored };
  /** Own messages only. */
  'chat:delete': { payload: DeleteMessage; data: Stored };
  /**
   * The sender has read and understood it. Somebody else's message only, `FORBIDDEN` otherwise, and each member once:
   * `CONFLICT`.
   */
  'chat:agree': { payload: AgreeToMessage; data: Stored };
  'chat:history': { payload: HistoryRequest; data: HistoryPage };
  /** Volatile; the others get `chat:typing`. */
  'chat:typing': { payload: Record<string, never>; data: null };
  'product:add': { payload: AddProduct; data: Stored & { readonly product: Product } };
  'product:change': { payload: ChangeProduct; data: Stored };
  'product:remove': { payload: RemoveProduct; data: Stored };
  /** Refused with `CONFLICT` when fewer pieces are there than would go. */
  'stock:move': { payload: MoveStock; data: Stored & { readonly stock: number } };
}
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
export interface ServerEvents {
  /** Every durable change, contiguous and in order, one packet per batch, to everyone who joined. */
  feed: (packet: { readonly records: readonly JournalRecord[] }) => void;
  /** To everyone, when somebody comes or goes. */
  presence: (presence: Presence) => void;
  /** Volatile: to everyone but the one who types. */
  'chat:typing': (typing: { readonly by: string }) => void;
}
