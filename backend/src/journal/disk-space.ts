import { Logger } from '@nestjs/common';
import { Refusal } from '../errors/refusal.js';
import { NoSpace } from './no-space.js';

/** Milliseconds between two looks whether a full disk has space again. */
const LOOK_EVERY = 1_000;

/** Whether the disk has space for the journal: told aloud when that changes, and looked for while there is none. */
export class DiskSpace {
  private readonly logger = new Logger('Journal');
  private looking: NodeJS.Timeout | undefined;

  /** @param look called every second while there is no space, to try `use` with something that may fail */
  constructor(private readonly look: () => void) {}

  /** Whether the last write found no space. */
  get full(): boolean {
    return this.looking !== undefined;
  }

  /** Writes. Gives the refusal for those whose write found no space; throws what else went wrong. */
  async use(write: () => Promise<void>): Promise<Refusal | undefined> {
    try {
      await write();
      this.set(false);
      return undefined;
    } catch (error) {
      if (!(error instanceof NoSpace)) throw error;
      this.set(true);
      return new Refusal('STORAGE_FULL', 'The disk of the server is full. Nothing was changed.');
    }
  }

  stop(): void {
    clearInterval(this.looking);
  }

  private set(full: boolean): void {
    if (full === this.full) return;
    if (full) this.logger.error('No space left for the journal: commands are refused until there is.');
    else this.logger.log('There is space for the journal again.');
    clearInterval(this.looking);
    this.looking = full ? setInterval(this.look, LOOK_EVERY).unref() : undefined;
  }
}
