import {
  COMMANDS,
  intentOf,
  type Ack,
  type CommandName,
  type CommandPayload,
  type JournalRecord,
  type Refused,
  type ProductRestored,
  type StockMoved,
} from 'backend/contract';

/** What a person asked for. The name decides what the payload is. */
export type Command = {
  [Name in CommandName]: { readonly name: Name; readonly payload: CommandPayload<Name> };
}[CommandName];

/**
 * The record that a command asks for, without what only the server knows: its number is 0, a move names no stock, and what
 * comes back is not said.
 */
export type IntendedRecord =
  | Exclude<JournalRecord, StockMoved | ProductRestored>
  | Omit<StockMoved, 'stock'>
  | Omit<ProductRestored, 'fields' | 'stock'>;

/** A command as the browser stores it, from when a person submits it until the server has answered. */
export interface QueuedCommand {
  /** The command's own id, which its record will carry. */
  readonly id: string;
  /** The e-mail of the member who submitted it: it is sent in no other name. */
  readonly by: string;
  /** When it was submitted (ISO instant of this machine's clock). */
  readonly at: string;
  /**
   * Its place among the commands of this browser: the time when it was submitted (ms), or one more than the highest place
   * known then. So it is right at once, before a page knows what others have stored, and does not go back when the clock does
   * (a hybrid logical clock, Kulkarni et al. 2014).
   */
  readonly order: number;
  /** The page in which it was submitted. */
  readonly tab: string;
  readonly command: Command;
  /** Why the server refused it. It stays until its author tries again or discards it. */
  readonly refused?: Refused;
  /**
   * The id of a command that the same member submitted later, and that is stored, while the answer to this one did not come:
   * this one is stored before that, or was refused, and must not be stored late.
   */
  readonly overtakenBy?: string | undefined;
}

/** How far a command has come, as far as this page knows. */
export type CommandStatus =
  /** No page has sent it. */
  | { readonly kind: 'new' }
  /** A page has sent it, perhaps one that is closed by now; it is not answered, so it may be stored. */
  | { readonly kind: 'sent' }
  /** The same, and the page shows a snapshot since, which may contain it. The answer decides. */
  | { readonly kind: 'doubtful' }
  /** The feed has delivered its record, which shows what it did. The answer is still to come. */
  | { readonly kind: 'recorded' }
  /** The server has stored it as record `n`, which the feed has not delivered yet. */
  | { readonly kind: 'stored'; readonly n: number }
  /** The server has refused it for good; it is not sent again unless its author says so. */
  | { readonly kind: 'refused'; readonly reason: Refused };

/** A command with what this page knows of it. */
export interface PendingCommand extends Omit<QueuedCommand, 'refused'> {
  readonly status: CommandStatus;
}

/** @param status unless it was refused; what comes from another page may have been sent */
export function pendingOf(
  { refused, ...rest }: QueuedCommand,
  status: CommandStatus = { kind: 'sent' },
): PendingCommand {
  return { ...rest, status: refused ? { kind: 'refused', reason: refused } : status };
}

/** What of it is stored. */
export function queuedOf({ status, ...rest }: PendingCommand): QueuedCommand {
  return status.kind === 'refused' ? { ...rest, refused: status.reason } : rest;
}

/** Why the server refused it; undefined when it did not. */
export function reasonOf({ status }: PendingCommand): Refused | undefined {
  return status.kind === 'refused' ? status.reason : undefined;
}

/** Whether the server has still to answer it. */
export function isUnanswered({ status }: PendingCommand): boolean {
  return status.kind !== 'stored' && status.kind !== 'refused';
}

/** Compares by the order of submission; where two pages submitted one each in the same ms, alike in every page. */
export function byOrder(a: Omit<QueuedCommand, 'refused'>, b: Omit<QueuedCommand, 'refused'>): number {
  return a.order - b.order || compare(a.at, b.at) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/**
 * As its record will be, so that the reducers that will confirm it can show it before. Undefined for a command of a newer
 * version of the page, which may be open in another tab of this browser.
 */
export function intendedRecord({ id, by, at, command }: PendingCommand): IntendedRecord | undefined {
  if (!Object.hasOwn(COMMANDS, command.name)) return undefined;
  return { n: 0, at, by, id, ...intentOf<CommandName>(command.name, command.payload) } as IntendedRecord;
}

/** The answer to a command that its author discarded. */
export const DISCARDED: { readonly ok: false; readonly error: Refused } = {
  ok: false,
  error: { code: 'UNIDENTIFIED', message: 'The command was discarded before it was answered.', retry: false },
};

/** What one page of this browser reports to the others about their common outbox. */
export type OutboxNews =
  /** A page was opened, and asks the others for what they have submitted. */
  | { readonly kind: 'opened' }
  /** A new command, or one that is to be tried again. Another version of the page, open beside this one, calls it `given`. */
  | { readonly kind: 'submitted' | 'given'; readonly kept: QueuedCommand }
  | { readonly kind: 'answered'; readonly id: string; readonly answer: Ack<unknown> }
  | { readonly kind: 'discarded'; readonly id: string };
