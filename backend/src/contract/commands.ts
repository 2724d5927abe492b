import type { CommandHead, Stored } from './command.js';
import type { Access } from './access.js';
import type { Product } from './product.js';
import type { JournalRecord, ProductFields, RecordType } from './records.js';
import { storedFields } from './stored-text.js';

/** What a text is about besides the products that it mentions. */
interface AboutProducts {
  /**
   * Ids of products, such as the one in whose panel it is written; `LIMITS.about` at most. `NOT_FOUND` where there never was
   * one. Like `after` no part of what the command says: the record has these and the ones that the text mentions.
   */
  readonly about?: readonly number[];
}
/**
 * Lines `#CODE -3 reason` at the start move stock with the message, all of them or none: see `stockLines`. Refused like
 * `stock:move`, with the product in `fields`; `NOT_FOUND` where only some of the codes are those of products.
 */
export interface SendMessage extends CommandHead, AboutProducts {
  readonly text: string;
  /**
   * E-mails, in lower case, of other members who must read it: it stays on top of their page until each says so with
   * `chat:agree`; `LIMITS.mustRead` at most.
   */
  readonly mustRead?: readonly string[];
}
/** An edit moves no stock, whatever the new text says. */
export interface EditMessage extends CommandHead, AboutProducts {
  readonly message: number;
  readonly text: string;
}
export interface DeleteMessage extends CommandHead {
  readonly message: number;
}
export interface AgreeToMessage extends CommandHead {
  readonly message: number;
}
export interface PinMessage extends CommandHead {
  readonly message: number;
  /** False: it no longer stands on top. */
  readonly pinned: boolean;
}
export interface AddProduct extends CommandHead, Pick<ProductFields, 'title' | 'price'> {
  readonly thumbnail?: string;
  readonly description?: string;
  readonly code?: string;
  readonly category?: string;
  readonly stock?: number;
  readonly lowStock?: number;
}
/** What a command about a product was given over: what is newer, and by somebody else, may be a `CONFLICT`. */
interface SeenProduct {
  /** The `n` that the sender had of this product. */
  readonly base: number;
  /**
   * The ids of the sender's own commands about this product that the person had given already and that `base` does not
   * count, because they were not answered: nobody is in conflict with oneself. Like `after` no part of what the command says.
   */
  readonly baseCommands?: readonly string[];
}
export interface ChangeProduct extends CommandHead, SeenProduct {
  readonly product: number;
  /** Only what the person changed. Stock is not among them: it moves, see `stock:move`. */
  readonly fields: Partial<ProductFields>;
}
/** With `base`, a product that was changed since is not removed: `CONFLICT`. */
export interface RemoveProduct extends CommandHead, Partial<SeenProduct> {
  readonly product: number;
}
/** `refers` names the removal, or the newest record that the sender had of the product. */
export interface RestoreProduct extends CommandHead {
  readonly product: number;
}
export interface MoveStock extends CommandHead {
  readonly product: number;
  /** Pieces that come (positive) or go (negative); not zero. */
  readonly delta: number;
  readonly note?: string;
}

/** Admins only, and not about one's own. Somebody without access is signed out everywhere. `CONFLICT` when nothing would change. */
export interface SetAccess extends CommandHead {
  /** E-mail, in lower case, NFC; of anybody, whether or not they were ever here. */
  readonly member: string;
  readonly access: Access;
}

/** Every member's own; readers' too. */
export interface SetProfile extends CommandHead {
  /** Empty for none. */
  readonly name: string;
  /** From 0 to `MEMBER_COLOURS` - 1; left out for none. */
  readonly colour?: number;
}

/** The records of one type. */
type RecordOf<Type extends RecordType> = Extract<JournalRecord, { readonly type: Type }>;
/** What a record says, without what the server adds to every record. */
type Body<R extends JournalRecord> = R extends JournalRecord ? Omit<R, 'n' | 'at' | 'by' | 'id'> : never;

/** One command: whose it is, the type of the record that it asks for, and what its payload says of that record. */
interface Definition<Module, Type, Payload, Said> {
  readonly module: Module;
  readonly type: Type;
  /** With its texts as they are stored (`storedText`), without what only the server knows, such as the stock after a move. */
  readonly body: (payload: Payload) => Said;
}

function command<
  Module extends 'chat' | 'products' | 'members',
  Type extends RecordType,
  Payload extends CommandHead,
  Said extends Partial<Omit<Body<RecordOf<Type>>, 'type'>>,
>(module: Module, type: Type, body: (payload: Payload) => Said): Definition<Module, Type, Payload, Said> {
  return { module, type, body: (payload) => storedFields(body(payload)) };
}

/** Every command there is. Server, page and torture run read it, so that what a command says is written once. */
export const COMMANDS = {
  'chat:send': command('chat', 'message-posted', ({ text, mustRead }: SendMessage) => ({
    ...(mustRead && { mustRead }),
    text,
  })),
  /** Own messages only. */
  'chat:edit': command('chat', 'message-edited', ({ message, text }: EditMessage) => ({ message, text })),
  /** Own messages only; an admin's, anybody's. */
  'chat:delete': command('chat', 'message-deleted', ({ message }: DeleteMessage) => ({ message })),
  /**
   * The sender has read and understood it. Somebody else's message only, `FORBIDDEN` otherwise, and each member once:
   * `CONFLICT`.
   */
  'chat:agree': command('chat', 'message-agreed', ({ message }: AgreeToMessage) => ({ message })),
  /** Any member, any message that is not deleted; one at a time. `CONFLICT` when nothing would change. */
  'chat:pin': command('chat', 'message-pinned', ({ message, pinned }: PinMessage) => ({ message, pinned })),
  /**
   * A code belongs to one product: with that of another one it is refused, as are `product:change` and `product:restore`, with
   * `CONFLICT` and the field `code`, rule `isUnique`.
   */
  'product:add': command('products', 'product-added', (payload: AddProduct) => {
    const { title, price, thumbnail = '', description = '', code = '', category = '', stock = 0, lowStock } = payload;
    const fields = { title, price, thumbnail, description, code, category };
    // Left out when there is none, so that a command of an earlier version, sent again, has the same intent.
    return { fields: lowStock ? { ...fields, lowStock } : fields, stock };
  }),
  'product:change': command('products', 'product-changed', ({ product, fields }: ChangeProduct) => ({
    product,
    fields,
  })),
  'product:remove': command('products', 'product-removed', ({ product }: RemoveProduct) => ({ product })),
  /**
   * A product that was removed is there again, with its id, its fields and its pieces as they were then. `NOT_FOUND` when
   * there never was such a product, `CONFLICT` without fields when it is there.
   */
  'product:restore': command('products', 'product-restored', ({ product }: RestoreProduct) => ({ product })),
  /** Refused with `CONFLICT` when fewer pieces are there than would go. */
  'stock:move': command('products', 'stock-moved', ({ product, delta, note }: MoveStock) => ({
    product,
    delta,
    // Also where there is none: the same id with a note is another command.
    note,
  })),
  /** `FORBIDDEN` for all but admins. */
  'member:access': command('members', 'member-access-set', ({ member, access }: SetAccess) => ({ member, access })),
  'member:profile': command('members', 'member-profiled', ({ name, colour }: SetProfile) => ({
    name,
    ...(colour !== undefined && { colour }),
  })),
} as const;

export type CommandName = keyof typeof COMMANDS;
export type CommandPayload<Name extends CommandName> = Parameters<(typeof COMMANDS)[Name]['body']>[0];
/** The record that a command makes. */
export type CommandRecord<Name extends CommandName> = RecordOf<(typeof COMMANDS)[Name]['type']>;

/** What the acknowledgement of a command brings besides. */
interface MoreData {
  'product:add': { readonly product: Product };
  'product:restore': { readonly product: Product };
  'stock:move': { readonly stock: number };
}
export type CommandData<Name extends CommandName> = Name extends keyof MoreData ? Stored & MoreData[Name] : Stored;

/** What a command says, as its record will say it: type and body, without what only the server knows. */
export type Intent<Name extends CommandName> = {
  readonly type: CommandRecord<Name>['type'];
} & ReturnType<(typeof COMMANDS)[Name]['body']>;

export function intentOf<Name extends CommandName>(name: Name, payload: CommandPayload<Name>): Intent<Name> {
  const { type, body } = COMMANDS[name] as Definition<string, RecordType, CommandPayload<Name>, object>;
  return { type, ...body(payload) } as Intent<Name>;
}
