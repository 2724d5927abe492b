import type { JournalRecord } from '../../src/contract/index.js';
import type { Appended, Recovered, RecordStore, StoredRecord } from '../../src/journal/record-store.js';

const HEAD = new Set(['n', 'at', 'by', 'id', 'type']);

/** A log in memory that several stores write to, as several servers would to a replicated one. */
export class MemoryLog {
  readonly records: JournalRecord[] = [];

  constructor(readonly id = 'in memory') {}
}

/** One writer of a log in memory. What others have stored it learns when it appends, as a server on a replicated log does. */
export class MemoryRecordStore implements RecordStore {
  readonly bytes = 0;
  private known = 0;
  /** Called before each append: may wait, throw, or let another writer be first. */
  before: (records: readonly JournalRecord[]) => Promise<void> | void = () => undefined;

  constructor(readonly log = new MemoryLog()) {}

  get id(): string {
    return this.log.id;
  }

  get last(): number {
    return this.known;
  }

  recover(visit: (record: StoredRecord) => void): Promise<Recovered> {
    for (const record of this.log.records) {
      this.known++;
      const { n, type, by, id: command } = record;
      // As in a line of the file.
      const first = Object.keys(record).find((name) => !HEAD.has(name));
      visit({ n, type, by, command, begins: (member) => member === first, read: () => record });
    }
    return Promise.resolve({ newestInstant: this.log.records.at(-1)?.at ?? '' });
  }

  async append(records: readonly JournalRecord[], expectedLast: number): Promise<Appended> {
    await this.before(records);
    const others = this.log.records.slice(expectedLast);
    if (others.length === 0) this.log.records.push(...records);
    this.known = this.log.records.length;
    return others.length === 0 ? { kind: 'stored' } : { kind: 'moved-on', records: others };
  }

  read(from: number, to: number): Promise<JournalRecord[]> {
    if (from < 1 || to > this.known) return Promise.reject(new RangeError(`there are no records ${from} to ${to}`));
    return Promise.resolve(this.log.records.slice(from - 1, to));
  }

  async probe(): Promise<void> {
    await this.before([]);
  }

  verify(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
