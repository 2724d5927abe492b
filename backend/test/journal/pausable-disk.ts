import { jest } from '@jest/globals';
import { FileRecordStore } from '../../src/journal/file/file-record-store.js';
import { NoSpace } from '../../src/journal/record-store.js';

/**
 * Intercepts the writes of every journal in this process: the test can pause a batch, or refuse it because the disk is full.
 * All other batches are really stored. `jest.restoreAllMocks` removes it.
 */
export class PausableDisk {
  private gate: PromiseWithResolvers<undefined> | undefined;
  private asked = Promise.withResolvers<undefined>();
  /** Whether there is no space for the batch that is written now. */
  full: () => boolean = () => false;

  constructor() {
    const { append } = FileRecordStore.prototype;
    const pass = (): Promise<unknown> | undefined => this.pass();
    jest.spyOn(FileRecordStore.prototype, 'append').mockImplementation(async function (this: FileRecordStore, ...args) {
      await pass();
      return append.apply(this, args);
    });
  }

  /** Pauses all writes from now on. */
  pause(): void {
    this.gate ??= Promise.withResolvers();
  }

  /** Continues the paused writes, and stops pausing. */
  resume(): void {
    this.gate?.resolve(undefined);
    this.gate = undefined;
    this.asked = Promise.withResolvers();
  }

  /** Resolves when a write is paused. */
  get paused(): Promise<undefined> {
    return this.asked.promise;
  }

  private async pass(): Promise<void> {
    if (this.gate) this.asked.resolve(undefined);
    await this.gate?.promise;
    if (this.full()) throw new NoSpace();
  }
}
