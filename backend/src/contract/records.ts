import type { Access } from './access.js';

/** What a person types about a product. An empty string says "none". */
export interface ProductFields {
  readonly title: string;
  /** In the catalogue's currency, at most two decimals. */
  readonly price: number;
  /** Link to the picture: http(s), or that of a `StoredPicture`. */
  readonly thumbnail: string;
  readonly description: string;
  readonly code: string;
  readonly category: string;
  /** Low-stock threshold: there are few when `stock` is not above it. Absent or 0: none. */
  readonly lowStock?: number;
}

/** What every record carries. */
export interface RecordHead {
  /** Its place in the journal: from 1, without gaps, never reused. */
  readonly n: number;
  /** ISO instant of the server's clock; never earlier than that of record `n - 1`. */
  readonly at: string;
  /** The e-mail of the member who did it. */
  readonly by: string;
  /** The id of the command that it answers: a UUID made when the person acted. */
  readonly id: string;
}

/** Pieces of one product that came or went with a message, by the rule of `stock:move`. */
export interface MessageMove {
  /** The id of the product. */
  readonly product: number;
  /** Pieces that came (positive) or went (negative); 0 where a count found what was known. */
  readonly delta: number;
  /** Pieces there were after it. */
  readonly stock: number;
  readonly note?: string;
}

/** What is not in every message stands before its text, in this order: by the line's head a start tells that there is something. */
export interface MessagePosted extends RecordHead {
  readonly type: 'message-posted';
  /** E-mails of the members who must say that they have read it, in lower case; absent for nobody. */
  readonly mustRead?: readonly string[];
  /** The moves of the lines at its start, in their order; absent for none. */
  readonly moves?: readonly MessageMove[];
  /** The ids of the products that it was about when it was stored, in the order of the text; absent for none. */
  readonly about?: readonly number[];
  readonly text: string;
}

export interface MessageEdited extends RecordHead {
  readonly type: 'message-edited';
  /** The number of the message. */
  readonly message: number;
  /** As in `MessagePosted`, of the new text. What the message moved stays as it was. */
  readonly about?: readonly number[];
  readonly text: string;
}

export interface MessageDeleted extends RecordHead {
  readonly type: 'message-deleted';
  /** The number of the message. */
  readonly message: number;
}

/** The member has read and understood the message. */
export interface MessageAgreed extends RecordHead {
  readonly type: 'message-agreed';
  /** The number of the message. */
  readonly message: number;
}

/** The message stands on top of the conversation, in place of another one; or no longer does. */
export interface MessagePinned extends RecordHead {
  readonly type: 'message-pinned';
  /** The number of the message. */
  readonly message: number;
  readonly pinned: boolean;
}

export interface ProductAdded extends RecordHead {
  readonly type: 'product-added';
  readonly fields: ProductFields;
  /** Pieces at the start. */
  readonly stock: number;
}

export interface ProductChanged extends RecordHead {
  readonly type: 'product-changed';
  /** The id of the product. */
  readonly product: number;
  /** Only the fields that the person changed. */
  readonly fields: Partial<ProductFields>;
}

export interface ProductRemoved extends RecordHead {
  readonly type: 'product-removed';
  /** The id of the product. */
  readonly product: number;
}

/** A product that was removed is there again, as it was then. */
export interface ProductRestored extends RecordHead {
  readonly type: 'product-restored';
  /** The id of the product, which it keeps. */
  readonly product: number;
  readonly fields: ProductFields;
  /** Pieces there were when it was removed. */
  readonly stock: number;
}

export interface StockMoved extends RecordHead {
  readonly type: 'stock-moved';
  /** The id of the product. */
  readonly product: number;
  /** Pieces that came (positive) or went (negative). */
  readonly delta: number;
  /** Pieces there were after it. */
  readonly stock: number;
  readonly note?: string;
}

/** An admin has let somebody in, made somebody a reader or a member, or removed somebody. */
export interface MemberAccessSet extends RecordHead {
  readonly type: 'member-access-set';
  /** The e-mail of the member. */
  readonly member: string;
  readonly access: Access;
}

/** Somebody has chosen a name and a colour. */
export interface MemberProfiled extends RecordHead {
  readonly type: 'member-profiled';
  /** Empty for none. */
  readonly name: string;
  /** Absent for none. */
  readonly colour?: number;
}

export type MessageRecord = MessagePosted | MessageEdited | MessageDeleted | MessageAgreed | MessagePinned;
export type ProductRecord = ProductAdded | ProductChanged | ProductRemoved | ProductRestored | StockMoved;

export type MemberRecord = MemberAccessSet | MemberProfiled;

/** One line of the journal: the only thing that ever changes anything. */
export type JournalRecord = MessageRecord | ProductRecord | MemberRecord;
export type RecordType = JournalRecord['type'];
