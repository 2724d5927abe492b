import type { JournalRecord, RecordType } from '../contract/index.js';

/** A stored record as the start meets it: read whole only where somebody asks, because there may be a million. */
export interface StoredRecord {
  readonly n: number;
  readonly type: RecordType;
  /** E-mail of the member. */
  readonly by: string;
  /** The id of its command. */
  readonly command: string;
  /** Whether this is the first member of the record's body: known without reading it. */
  begins(member: string): boolean;
  read(): JournalRecord;
}

/** State that can be stored and loaded again instead of replaying the records that made it. */
export interface Checkpointed {
  /** Names the state and its shape: changed with the shape, so that an older one is never loaded. */
  readonly shape: string;
  /** Anything that the structured clone algorithm copies. */
  save(): unknown;
  load(state: unknown): void;
}

/** What became of an append: all of it is durable, or nothing is, because another writer was first. */
export type Appended =
  | { readonly kind: 'stored' }
  /** What others have stored after `expectedLast`, all of it, in order. */
  | { readonly kind: 'moved-on'; readonly records: readonly JournalRecord[] };

/** What a start found. */
export interface Recovered {
  /** The last instant that the store has, of a record or of a mark; empty when there is none. */
  readonly newestInstant: string;
}

/** Durable records, as those who only read see them. */
export interface RecordReader {
  /** The identity of the history: a random id that it got when it was made. */
  readonly id: string;
  /** The number of the newest durable record; 0 when there is none. */
  readonly last: number;
  /** Records `from` to `to`, both included, ascending; numbers that do not exist are a programming error. */
  read(from: number, to: number): Promise<JournalRecord[]>;
}

/**
 * The port under the journal: one numbered list of records that only grows. It knows bytes, or a network, and no rule.
 * Throws `NoSpace` where a later try may succeed, and `FatalError` where the process must end.
 */
export interface RecordStore extends RecordReader {
  /** What the history takes of the disk, in bytes; 0 where that is not known. */
  readonly bytes: number;
  /**
   * Opens it. Visits every stored record in order; the first ones may be left out where each of `states` could be loaded
   * as of there instead.
   */
  recover(visit: (record: StoredRecord) => void, states: readonly Checkpointed[]): Promise<Recovered>;
  /** Stores records that continue at `expectedLast + 1`, all or none. Never called while another call is unanswered. */
  append(records: readonly JournalRecord[], expectedLast: number): Promise<Appended>;
  /** Finds out whether there is space again. Throws `NoSpace` while there is none. */
  probe(): Promise<void>;
  /** Throws `FatalError` when what is written would no longer be found by the next start. Cheap; asked every second. */
  verify(): Promise<void>;
  /** The clean end; after a failure only lets go. */
  close(): Promise<void>;
}

/** There was no room: nothing of the batch is stored, and a later one may be. */
export class NoSpace extends Error {
  override readonly name = 'NoSpace';
  readonly code = 'ENOSPC';
}

/** Gap between two numbers up to which one read costs less than two. */
const NEAR_RECORDS = 16;

/** Records by number, in the order asked for; near ones with one read. */
export async function readEach(reader: RecordReader, numbers: readonly number[]): Promise<JournalRecord[]> {
  const runs: { from: number; to: number }[] = [];
  for (const n of [...new Set(numbers)].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && n - run.to <= NEAR_RECORDS) run.to = n;
    else runs.push({ from: n, to: n });
  }
  const read = await Promise.all(runs.map(({ from, to }) => reader.read(from, to)));
  const byNumber = new Map(read.flat().map((record) => [record.n, record]));
  return numbers.map((n) => {
    const record = byNumber.get(n);
    if (!record) throw new RangeError(`there is no record ${n}`);
    return record;
  });
}
