import {
  COMMANDS,
  intentOf,
  type Ack,
  type CommandName,
  type CommandPayload,
  type JournalRecord,
  type Refused,
  type StockMoved,
} from 'backend/contract';

/** What a person asked for. The name tells what the payload is. */
export type Command = {
  [Name in CommandName]: { readonly name: Name; readonly payload: CommandPayload<Name> };
}[CommandName];

/** The record that a command asks for, without what only the server knows: its number is 0, and a move names no stock. */
export type IntendedRecord = Exclude<JournalRecord, StockMoved> | Omit<StockMoved, 'stock'>;

/** A command as it is stored from the moment when somebody acts until it is answered. */
export interface KeptCommand {
  /** The command's own id, which its record will carry. */
  readonly id: string;
  /** The e-mail of the member who gave it: it is sent in no other name. */
  readonly by: string;
  /** When it was given (ISO instant of this machine's clock). */
  readonly at: string;
  /**
   * Its place among the commands of this browser: the time when it was given (ms), or one more than the highest place known
   * then. So it is right at once, before a page knows what others have stored, and does not go back when the clock does
   * (a hybrid logical clock, Kulkarni et al. 2014).
   */
  readonly order: number;
  /** The page in which it was given. */
  readonly tab: string;
  readonly command: Command;
  /** Why the server will not have it. It stays until its author tries again or discards it. */
  readonly refused?: Refused;
}

/** Compares by the turn in which commands were given; where two pages gave one each in the same ms, alike in every page. */
export function byTurn(a: KeptCommand, b: KeptCommand): number {
  return a.order - b.order || compare(a.at, b.at) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** A command as the page shows it: over what the feed has confirmed. */
export interface PendingCommand extends KeptCommand {
  /** The number that the acknowledgement gave it, while the feed has not got there yet. */
  readonly storedAs?: number;
  /** Whether it was sent before the snapshot that is shown, which may contain it. Its answer, on its way, will tell. */
  readonly doubtful?: boolean;
}

/**
 * As its record will be, so that the reducers that confirm it can show it before. Undefined for a command of a newer version of
 * the page, which may be open in another tab of this browser.
 */
export function intendedRecord({ id, by, at, command }: KeptCommand): IntendedRecord | undefined {
  if (!Object.hasOwn(COMMANDS, command.name)) return undefined;
  return { n: 0, at, by, id, ...intentOf<CommandName>(command.name, command.payload) } as IntendedRecord;
}

export function isUnanswered({ refused, storedAs }: PendingCommand): boolean {
  return !refused && storedAs === undefined;
}

/** What of it is stored. */
export function keptOf({ storedAs: _storedAs, doubtful: _doubtful, ...kept }: PendingCommand): KeptCommand {
  return kept;
}

/** What a command is answered with that its author discarded. */
export const GIVEN_UP: { readonly ok: false; readonly error: Refused } = {
  ok: false,
  error: { code: 'UNIDENTIFIED', message: 'The command was given up before it was answered.', retry: false },
};

/** What one page of this browser tells the others of their common outbox. */
export type OutboxNews =
  /** A page has begun, and asks the others what they have. */
  | { readonly kind: 'begun' }
  /** A new command, or one that is to be tried again. */
  | { readonly kind: 'given'; readonly kept: KeptCommand }
  | { readonly kind: 'answered'; readonly id: string; readonly answer: Ack<unknown> }
  | { readonly kind: 'discarded'; readonly id: string };
