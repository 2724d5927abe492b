import { setImmediate } from 'node:timers/promises';
import { Subject } from 'rxjs';
import type { JournalRecord } from '../src/contract/index.js';
import { Refusal } from '../src/errors/refusal.js';
import { type Command, type Decide, Journal, type Projection } from '../src/journal/index.js';

/** The journal's rules of order, without a disk: commands are decided and stored when the test says so. */
export class MemoryJournal extends Journal {
  readonly records: JournalRecord[] = [];
  readonly id = 'in memory';
  readonly ready = true;
  private readonly batches = new Subject<readonly JournalRecord[]>();
  private readonly projections: Projection[] = [];
  /** Each decides one command behind the records of its batch. */
  private readonly waiting: ((records: JournalRecord[], full: boolean) => void)[] = [];

  readonly committed = this.batches.asObservable();

  get last(): number {
    return this.records.length;
  }

  project(projection: Projection): void {
    this.projections.push(projection);
  }

  async commit<R extends JournalRecord>(command: Command<R>, decide: Decide<R>): Promise<R> {
    return (await this.submit(command, decide)) as R;
  }

  read(numbers: readonly number[]): Promise<JournalRecord[]> {
    return Promise.resolve(numbers.map((n) => this.records[n - 1]!));
  }

  /** Stores everything that was submitted, as one batch; or, on a full disk, nothing of it. */
  async store({ full = false } = {}): Promise<void> {
    await setImmediate();
    const records: JournalRecord[] = [];
    for (const attempt of this.waiting.splice(0)) attempt(records, full);
    for (const projection of this.projections) projection.unstage?.();
    if (full || records.length === 0) return;
    this.records.push(...records);
    for (const record of records) for (const projection of this.projections) projection.apply(record);
    await setImmediate();
    this.batches.next(records);
  }

  private submit(command: Command<JournalRecord>, decide: Decide<JournalRecord>): Promise<JournalRecord> {
    const { id, by, about } = command;
    const answer = Promise.withResolvers<JournalRecord>();
    this.waiting.push((records, full) => {
      try {
        const n = this.last + records.length + 1;
        const body = decide(about === undefined ? undefined : this.records[about - 1]);
        const record = { n, at: new Date(n * 1_000).toISOString(), by, id, ...body };
        for (const projection of this.projections) projection.stage?.(record);
        records.push(record);
        if (full) throw new Refusal('STORAGE_FULL', 'The disk is full.');
        answer.resolve(record);
      } catch (error) {
        answer.reject(error);
      }
    });
    return answer.promise;
  }
}
