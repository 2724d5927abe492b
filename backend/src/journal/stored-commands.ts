import type { JournalRecord, Reference } from '../contract/index.js';
import type { InFlightCommand } from './in-flight-command.js';
import type { KnownCommands } from './known-commands.js';
import { readEach, type RecordStore } from './record-store.js';

/** Which of the commands that a batch names are stored. Read at once for the whole batch: while it is decided no disk is waited for. */
export class StoredCommands {
  /** By author and id: those of the batch that were accepted so far. */
  private readonly accepted = new Set<string>();

  private constructor(
    private readonly known: KnownCommands,
    /** By number. */
    private readonly records: ReadonlyMap<number, JournalRecord>,
  ) {}

  static async read(
    batch: readonly InFlightCommand[],
    store: RecordStore,
    known: KnownCommands,
  ): Promise<StoredCommands> {
    const numbers = new Set<number>();
    for (const { command } of batch) {
      const { id, precedes = [], refers } = command;
      for (const each of [id, ...precedes]) for (const n of known.candidates(each)) numbers.add(n);
      if (refers && refers.n <= store.last && known.isOf(refers.n, refers.command) === undefined) numbers.add(refers.n);
    }
    const records = numbers.size > 0 ? await readEach(store, [...numbers]) : [];
    return new StoredCommands(known, new Map(records.map((record) => [record.n, record])));
  }

  /** It is decided: the rest of the batch comes after it. */
  accept(record: JournalRecord): void {
    this.accepted.add(nameOf(record));
  }

  /** The records that have that id, of whichever member; not those of the batch itself. */
  withId(id: string): readonly JournalRecord[] {
    return this.known.candidates(id).flatMap((n) => this.records.get(n) ?? []);
  }

  /** Whether that member's command is stored, or will be with this batch. */
  has(by: string, id: string): boolean {
    return this.accepted.has(nameOf({ by, id })) || this.withId(id).some((each) => each.id === id && each.by === by);
  }

  /** Whether that record is in this history. */
  hasReferred({ n, command }: Reference): boolean {
    return this.known.isOf(n, command) ?? this.records.get(n)?.id === command;
  }
}

/** Tells apart the commands of all members, who choose their ids. */
const nameOf = ({ by, id }: Pick<JournalRecord, 'by' | 'id'>) => `${by} ${id}`;
