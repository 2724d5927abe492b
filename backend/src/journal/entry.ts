import { isDeepStrictEqual } from 'node:util';
import type { JournalRecord } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import type { Command, Decide } from './journal.js';

/** A command on its way, and the promise of whoever waits for it. */
export class Entry {
  /** Resolves or rejects once the batch has settled. */
  readonly answer: Promise<JournalRecord>;
  private resolve: (record: JournalRecord) => void;
  private reject: (error: unknown) => void;
  /** What came of it; nobody is told before the batch has settled. */
  private record: JournalRecord | undefined;
  private error: unknown;

  constructor(
    readonly command: Command<JournalRecord>,
    readonly decide: Decide<JournalRecord>,
    /** What it counts in the backlog. */
    readonly size: number,
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

  /** Runs what makes the record and keeps what came of it, until the batch has settled. */
  attempt(make: () => JournalRecord): JournalRecord | undefined {
    try {
      this.record = make();
    } catch (error) {
      // A refusal is an answer like any other; a defect in a rule concerns this one command and is answered as such.
      this.error = error;
    }
    return this.record;
  }

  /** Keeps that it is refused without being decided, until the batch has settled. */
  refuse(refusal: Refusal): void {
    this.error = refusal;
  }

  /** Tells the sender. With an error: that, because nothing of the batch was stored and its decisions are void. */
  settle(error?: Error): void {
    if (this.record && !error) this.resolve(this.record);
    else this.reject(error ?? this.error);
  }
}

/** Returns `stored`; throws `ID_REUSED` unless it says everything that the intent says. */
export function requireSameIntent<Stored extends object>(intent: object, stored: Stored): Stored {
  const same = Object.entries(intent).every(([key, value]) => isDeepStrictEqual(value, Reflect.get(stored, key)));
  if (!same) throw new Refusal('ID_REUSED', 'That id belongs to another command.');
  return stored;
}
