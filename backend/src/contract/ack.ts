/** Why a command was refused. Stable: programs decide by them; the message beside it is for people. */
export type RefusalCode =
  | 'INVALID'
  | 'UNIDENTIFIED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'ID_REUSED'
  | 'RATE_LIMITED'
  | 'STORAGE_FULL'
  | 'SHUTTING_DOWN'
  | 'INTERNAL';

/** One field of the payload that broke a rule (with `INVALID`). */
export interface InvalidField {
  readonly field: string;
  /** The rule, in the words of class-validator: `isEmail`, `maxLength`, … */
  readonly rule: string;
}

/** One field that somebody else changed to another value meanwhile (with `CONFLICT`). */
export interface ConflictingField {
  readonly field: string;
  /** What the refused command wanted; null where it wanted the product removed. */
  readonly yours: string | number | null;
  /** What the field holds now. */
  readonly theirs: string | number;
  /** Who changed it, and when (ISO instant). */
  readonly by: string;
  readonly at: string;
  /** The id of the product, where the command named it by its code. */
  readonly product?: number;
}

export interface Refused {
  readonly code: RefusalCode;
  /** One English sentence. Never a stack, a path or the echo of a payload. */
  readonly message: string;
  /** Whether the same command, with the same id, may succeed later. */
  readonly retry: boolean;
  /** With `RATE_LIMITED`: seconds after which it may be tried again; absent where nobody can know. */
  readonly retryAfter?: number;
  readonly fields?: readonly (InvalidField | ConflictingField)[];
  /** With `INTERNAL`, set by who has sent a command: its id, by which the server's log names the failure. Never sent. */
  readonly command?: string;
}

/** The single answer to a request whose sender passed a callback. */
export type Ack<Data> = { readonly ok: true; readonly data: Data } | { readonly ok: false; readonly error: Refused };
