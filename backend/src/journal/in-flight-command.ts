import { isDeepStrictEqual } from 'node:util';
import {
  type CommandName,
  type CommandPayload,
  intentOf,
  type JournalRecord,
  type Reference,
  storedFields,
} from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';

/** A record before the journal has added its number and instant. */
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
   * The id of the command that the same member sent right before; undefined where none is named. While that one is refused
   * with a code to try again, this one is too. Not stored.
   */
  readonly after?: string | undefined;
  /** Ids of commands that the same member sent later: when one of them is stored, this one was refused before. Not stored. */
  readonly precedes?: readonly string[] | undefined;
  /** A record that must be in this history, or the command was meant for another one: `CONFLICT`. Not stored. */
  readonly refers?: Reference | undefined;
  /** What the command says, before any rule: the same id with another intent is refused with `ID_REUSED`. */
  readonly intent: Partial<Body<R>> & { readonly type: R['type'] };
}

/** What a member's payload asks for, by the contract's table. */
export function commandOf<Name extends CommandName>(name: Name, payload: CommandPayload<Name>, by: string) {
  const { id, after, precedes, refers } = payload;
  return { id, after, precedes, refers, by, intent: intentOf(name, payload) };
}

/**
 * The record's body as the rules see it, in commit order, against the state of all earlier records. Throws a
 * `Refusal`. It changes nothing, reads no disk and may run more than once for one command.
 */
export type Decide<R extends JournalRecord> = () => Body<R>;

/** What every command must obey, in commit order like `Decide`: throws a `Refusal`. A command that was answered before is not judged. */
export type Rule = (command: Pick<Command<JournalRecord>, 'by' | 'intent'>) => void;

/** A command in flight, and the promise of its callers. */
export class InFlightCommand {
  /** Whether what is durable already has the answer: a batch that is not stored does not change it. */
  recognised = false;
  /** Resolves or rejects once the batch has settled. */
  readonly answer: Promise<JournalRecord>;
  private resolve: (record: JournalRecord) => void;
  private reject: (error: unknown) => void;
  /** What came of it; nobody is answered before the batch has settled. */
  private record: JournalRecord | undefined;
  private error: unknown;

  constructor(
    readonly command: Command<JournalRecord>,
    readonly decide: Decide<JournalRecord>,
  ) {
    this.answer = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /** The answer for a command with the same id: the same one, or `ID_REUSED` when it says something else. */
  async sameAs({ intent }: Command<JournalRecord>): Promise<JournalRecord> {
    requireSameIntent(intent, this.command.intent);
    return this.answer;
  }

  /** This record is the answer, once the batch is durable. */
  accept(record: JournalRecord): void {
    this.record = record;
  }

  /** A refusal, or a defect in a rule, which concerns this one command, is the answer. */
  refuse(error: unknown): void {
    this.record = undefined;
    this.error = error;
  }

  /** Answers the sender. */
  settle(): void {
    if (this.record) this.resolve(this.record);
    else this.reject(this.error);
  }
}

function says(stored: object, intent: object): boolean {
  return Object.entries(intent).every(([key, value]) => isDeepStrictEqual(value, Reflect.get(stored, key)));
}

/** Returns `stored`; throws `ID_REUSED` unless it says everything that the intent says. */
export function requireSameIntent<Stored extends object>(intent: object, stored: Stored): Stored {
  // An earlier version stored texts as they were typed; the same command, sent again, now has them normalised.
  const same = says(stored, intent) || says(storedFields(stored), intent);
  if (!same) throw new Refusal('ID_REUSED', 'That id belongs to another command.');
  return stored;
}
