import { setImmediate } from 'node:timers/promises';
import type { JournalRecord } from '../../src/contract/index.js';
import type { CommitTarget } from '../../src/journal/group-commit.js';
import type { Command } from '../../src/journal/journal.js';

/** A disk that finishes a batch when the test says so, and keeps what it was asked for in which order. */
export class FakeTarget implements CommitTarget {
  readonly stored: JournalRecord[] = [];
  readonly staged: JournalRecord[] = [];
  /** What happened, in order. */
  readonly events: string[] = [];
  halted: unknown;
  private batch: PromiseWithResolvers<undefined> | undefined;
  private begun = Promise.withResolvers<undefined>();

  get last(): number {
    return this.stored.length;
  }

  now(): string {
    return '2026-01-01T00:00:00.000Z';
  }

  read(numbers: readonly number[]): Promise<JournalRecord[]> {
    return Promise.resolve(numbers.map((n) => this.stored[n - 1]!));
  }

  find({ by, id }: Command<JournalRecord>): Promise<JournalRecord | undefined> | undefined {
    const candidates = this.stored.filter((record) => record.id === id);
    return candidates.length > 0 ? Promise.resolve(candidates.find((record) => record.by === by)) : undefined;
  }

  stage(record: JournalRecord): void {
    this.staged.push(record);
  }

  unstage(): void {
    this.staged.length = 0;
  }

  async append(records: readonly JournalRecord[]): Promise<void> {
    if (this.batch) throw new Error('two batches at once');
    this.events.push(`write ${idsOf(records)}`);
    await this.disk();
    this.events.push('synced');
  }

  apply(records: readonly JournalRecord[]): void {
    this.stored.push(...records);
    if (records.length > 0) this.events.push(`apply ${idsOf(records)}`);
  }

  announce(records: readonly JournalRecord[]): void {
    this.events.push(`announce ${idsOf(records)}`);
  }

  async probe(): Promise<void> {
    this.events.push('probe');
    await this.disk();
  }

  halt(error: unknown): void {
    this.halted = error;
  }

  /** Waits until the disk is asked for something. */
  get asked(): Promise<undefined> {
    return this.begun.promise;
  }

  /** Lets the disk finish what it was asked for, and waits until that has had its effects. */
  async finish(error?: Error): Promise<void> {
    await this.asked;
    const { batch } = this;
    if (error) batch?.reject(error);
    else batch?.resolve(undefined);
    await setImmediate();
  }

  private async disk(): Promise<void> {
    this.batch = Promise.withResolvers();
    this.begun.resolve(undefined);
    try {
      await this.batch.promise;
    } finally {
      this.batch = undefined;
      this.begun = Promise.withResolvers();
    }
  }
}

/** The commands of records, in one line. */
export const idsOf = (records: readonly JournalRecord[]) => records.map(({ id }) => id).join(' ');
