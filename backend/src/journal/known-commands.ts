import type { JournalRecord } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import { CommandIndex, type SavedIndex } from './command-index.js';
import { IdHash } from './id-hash.js';
import type { Checkpointed, Command, Journal } from './journal.js';

/** Records whose commands have one hash; by chance there are never two. Only members who choose one id make more. */
const MOST_ALIKE = 64;

/** What a checkpoint keeps: hashes mean nothing without the key under which they were made. */
interface Saved {
  readonly key: Uint32Array;
  readonly index: SavedIndex;
}

/**
 * Which record answered which command, for the newest million of records. A hash names candidates, at most a few: these
 * are read and compared.
 */
export class KnownCommands {
  private readonly index = new CommandIndex();

  readonly checkpoint: Checkpointed = {
    shape: 'commands 2',
    save: (): Saved => ({ key: this.hash.key, index: this.index.save() }),
    load: (state) => {
      const { key, index } = state as Saved;
      this.hash = new IdHash(key);
      this.index.load(index);
    },
  };

  constructor(
    private readonly journal: Pick<Journal, 'read'>,
    private hash = new IdHash(),
  ) {}

  /** About so many are to come. */
  expect(records: number): void {
    this.index.expect(records);
  }

  /** Remembers the command of the next record. */
  add(id: string): void {
    this.index.add(this.hash.of(id));
  }

  /** The record that answered a command; undefined at once when it is certainly new, as nearly all are. */
  find(command: Command<JournalRecord>): Promise<JournalRecord | undefined> | undefined {
    const candidates = this.index.candidates(this.hash.of(command.id));
    return candidates.length > 0 ? this.findAmong(candidates, command) : undefined;
  }

  private async findAmong(
    candidates: readonly number[],
    { by, id }: Command<JournalRecord>,
  ): Promise<JournalRecord | undefined> {
    const records = await this.journal.read(candidates);
    const found = records.find((record) => record.by === by && record.id === id);
    // One id under ever more e-mails would make every look-up of it longer. Refused as new, never as sent again.
    if (!found && records.length >= MOST_ALIKE) throw new Refusal('ID_REUSED', 'That id belongs to other commands.');
    return found;
  }
}
