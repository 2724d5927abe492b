import { jest } from '@jest/globals';
import { FileRecordStore } from '../../src/journal/file/file-record-store.js';
import { NoSpace } from '../../src/journal/record-store.js';

/**
 * Stands before the file of every journal in this process: lets a batch wait, and finds no space for it, when the test says
 * so. What it lets through is really stored. `jest.restoreAllMocks` takes it away.
 */
export class HeldDisk {
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

  /** From now on nothing is written. */
  hold(): void {
    this.gate ??= Promise.withResolvers();
  }

  /** Lets go what waits, and from now on everything. */
  release(): void {
    this.gate?.resolve(undefined);
    this.gate = undefined;
    this.asked = Promise.withResolvers();
  }

  /** Resolves when a batch waits. */
  get waits(): Promise<undefined> {
    return this.asked.promise;
  }

  private async pass(): Promise<void> {
    if (this.gate) this.asked.resolve(undefined);
    await this.gate?.promise;
    if (this.full()) throw new NoSpace();
  }
}
