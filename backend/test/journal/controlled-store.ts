import { setImmediate } from 'node:timers/promises';
import type { JournalRecord } from '../../src/contract/index.js';
import { GroupCommit } from '../../src/journal/group-commit.js';
import { KnownCommands } from '../../src/journal/known-commands.js';
import { MonotonicClock } from '../../src/journal/monotonic-clock.js';
import type { View } from '../../src/journal/index.js';
import { MemoryRecordStore } from './memory-record-store.js';

/** A store whose writes the test finishes, and the calls of it and of a view, in order. */
export class ControlledStore extends MemoryRecordStore implements View {
  readonly staged: JournalRecord[] = [];
  /** What happened, in order. */
  readonly events: string[] = [];
  /** Reads, each as the numbers that it asks for. */
  readonly reads: string[] = [];
  halted: unknown;
  private batch: PromiseWithResolvers<undefined> | undefined;
  private begun = Promise.withResolvers<undefined>();

  /** A group commit on this store. */
  pipeline(): GroupCommit {
    const clock = new MonotonicClock(() => '2026-01-01T00:00:00.000Z');
    const pipeline = new GroupCommit({
      store: this,
      views: [this],
      rules: [],
      knownCommands: new KnownCommands(),
      clock,
    });
    pipeline.committed.subscribe((records) => this.events.push(`announce ${idsOf(records)}`));
    void pipeline.failure.then((error) => (this.halted = error));
    this.before = (records) => this.disk(records);
    return pipeline;
  }

  get stored(): readonly JournalRecord[] {
    return this.log.records;
  }

  override read(from: number, to: number): Promise<JournalRecord[]> {
    this.reads.push(`${from}-${to}`);
    return super.read(from, to);
  }

  stage(record: JournalRecord): void {
    this.staged.push(record);
  }

  unstage(): void {
    this.staged.length = 0;
  }

  replay(): void {
    // Nothing is stored before.
  }

  apply(record: JournalRecord): void {
    const last = this.events.at(-1);
    // One event for a batch.
    if (last?.startsWith('apply ')) this.events[this.events.length - 1] = `${last} ${record.id}`;
    else this.events.push(`apply ${record.id}`);
  }

  /** Resolves when a write or a probe has started. */
  get started(): Promise<undefined> {
    return this.begun.promise;
  }

  /** Finishes the current write or probe, with an error if there is one, and waits for its effects. */
  async finish(error?: Error): Promise<void> {
    await this.started;
    const { batch } = this;
    if (error) batch?.reject(error);
    else batch?.resolve(undefined);
    await setImmediate();
  }

  private async disk(records: readonly JournalRecord[]): Promise<void> {
    if (this.batch) throw new Error('two batches at once');
    this.events.push(records.length > 0 ? `write ${idsOf(records)}` : 'probe');
    this.batch = Promise.withResolvers();
    this.begun.resolve(undefined);
    try {
      await this.batch.promise;
      if (records.length > 0) this.events.push('synced');
    } finally {
      this.batch = undefined;
      this.begun = Promise.withResolvers();
    }
  }
}

/** The commands of records, in one line. */
export const idsOf = (records: readonly JournalRecord[]) => records.map(({ id }) => id).join(' ');
