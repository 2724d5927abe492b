import type { Observable } from 'rxjs';
import type { JournalRecord, MessagePosted } from '../contract/index.js';

/** A record before the journal has given it its number and instant. */
export type Body<R extends JournalRecord = JournalRecord> = R extends JournalRecord
  ? Omit<R, 'n' | 'at' | 'by' | 'id'>
  : never;

/** What a member asks for. */
export interface Command<R extends JournalRecord> {
  /** UUID made when the person acted. Sent again by the same member it yields the first answer and no second record. */
  readonly id: string;
  /** E-mail of the member. */
  readonly by: string;
  /**
   * The id of the command that the same member gave right before, as far as the sender knows; undefined where none is said.
   * While that one is refused with a code to try again, this one is too. No part of what the command says; not stored.
   */
  readonly after: string | undefined;
  /** What the command says, before any rule: the same id with another intent is refused with `ID_REUSED`. */
  readonly intent: Partial<Body<R>> & { readonly type: R['type'] };
  /** The number of a stored record that the decision must see: it is read in commit order, however far back it is. */
  readonly about?: number | undefined;
}

/**
 * The record's body as the rules see it, in commit order, against the state of all earlier records. Throws a
 * `Refusal`. It changes nothing and may run more than once for one command.
 * @param about the record that the command is about, when it names one
 */
export type Decide<R extends JournalRecord> = (about?: JournalRecord) => Body<R>;

/** A record as the start reads it: of posted messages, which can be a million, only that they exist. */
export type Replayed = Exclude<JournalRecord, MessagePosted> | Pick<MessagePosted, 'n' | 'type'>;

/** A view of the journal that is held in memory. */
export interface Projection {
  /** At start: every stored record, in order. */
  replay?(record: Replayed): void;
  /** At start, behind the last record: what needs whole records can read them now. */
  replayed?(): Promise<void>;
  /** A record is on the disk: each of a batch, in order, before it is acknowledged. */
  apply(record: JournalRecord): void;
  /** A record is decided but not on the disk: only later decisions of the same batch may see it. */
  stage?(record: JournalRecord): void;
  /** The batch has ended, stored or refused: what was staged is forgotten. */
  unstage?(): void;
  /** What a checkpoint keeps of it, for a faster start; without it every start replays everything. */
  readonly checkpoint?: Checkpointed;
}

/** State that can be kept aside and taken in again instead of replaying the records that made it. */
export interface Checkpointed {
  /** Names the state and its shape: changed with the shape, so that an older one is never taken in. */
  readonly shape: string;
  /** Anything that the structured clone algorithm copies. */
  save(): unknown;
  load(state: unknown): void;
}

/** The one ordered log: numbers records, stores them, tells about them. Knows bytes and order, no feature. */
export abstract class Journal {
  /** Its identity: a random id that it got when it was made. */
  abstract readonly id: string;

  /** The number of the newest durable record; 0 when there is none. */
  abstract readonly last: number;

  /**
   * Every durable batch, in order, each once: after its projections were told, and in a turn of the event loop of its own, so
   * that senders are answered before anybody hears of it.
   */
  abstract readonly committed: Observable<readonly JournalRecord[]>;

  /** Whether commands can be stored now. */
  abstract readonly ready: boolean;

  /** Adds a view. Only before the journal opens, so that the view misses nothing. */
  abstract project(projection: Projection): void;

  /**
   * Decides, numbers and stores one command. Resolves when the record is on the disk. Rejects with a `Refusal`: what
   * `decide` threw, `ID_REUSED`, `STORAGE_FULL`, `RATE_LIMITED` when too much waits for the disk, `SHUTTING_DOWN`; or the
   * code with which the command that this one comes `after` was refused.
   */
  abstract commit<R extends JournalRecord>(command: Command<R>, decide: Decide<R>): Promise<R>;

  /** Durable records by number, in the order asked for. Numbers that do not exist are a programming error. */
  abstract read(numbers: readonly number[]): Promise<JournalRecord[]>;
}
