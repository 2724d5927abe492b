import { fdatasyncSync, writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { EXIT, FatalError } from '../errors/exit-codes.js';
import { isOutOfSpace } from './no-space.js';

/** What is taken for the time of a sync (ms) before there was one: nothing is known of the disk yet. */
const UNKNOWN = 2;
/** How much of the longest sync counts after each further one: a slow one is remembered for a dozen or two. */
const FADING = 0.8;

/**
 * The way of bytes to the disk. A disk with a power-safe cache confirms in less time than the way through the thread pool
 * and back takes, so such a one is waited for on the spot. One that was slow lately is waited for in the pool, where it
 * holds up nobody but those who wait for their acknowledgement.
 */
export class Disk {
  /** The longest of the recent syncs, in ms, fading. */
  private longest = UNKNOWN;

  /** @param patience how long, in ms, recent syncs may have taken for the next to be waited for on the spot; 0: never */
  constructor(private readonly patience: number) {}

  /** Writes at a place of a file. Returns whether there was room for all of it; throws `FatalError` for any other failure. */
  async write(handle: FileHandle, bytes: Buffer, position: number): Promise<boolean> {
    try {
      // Fewer than asked is how a full disk shows first.
      return (await this.taken(handle, bytes, position)) === bytes.length;
    } catch (error) {
      if (isOutOfSpace(error)) return false;
      throw new FatalError(EXIT.io, 'The journal could not be written.', { cause: error });
    }
  }

  /**
   * Waits until everything written to a file is on the disk. A failed sync is never tried again: the kernel may have
   * dropped the dirty pages and would report success the second time (the fsync error of PostgreSQL, 2018).
   * @param much whether that may be the bytes of many writes, which says nothing of the time that one takes
   */
  async sync(handle: FileHandle, much = false): Promise<void> {
    const from = performance.now();
    try {
      if (this.onTheSpot && !much) fdatasyncSync(handle.fd);
      else await handle.datasync();
    } catch (error) {
      throw new FatalError(EXIT.io, 'The disk did not confirm a write. Restart to repair the journal.', {
        cause: error,
      });
    }
    if (!much) this.longest = Math.max(performance.now() - from, this.longest * FADING);
  }

  private taken(handle: FileHandle, bytes: Buffer, position: number): number | Promise<number> {
    if (this.onTheSpot) return writeSync(handle.fd, bytes, 0, bytes.length, position);
    return handle.write(bytes, 0, bytes.length, position).then(({ bytesWritten }) => bytesWritten);
  }

  private get onTheSpot(): boolean {
    return this.longest <= this.patience;
  }
}
