import { Logger } from '@nestjs/common';
import { fdatasyncSync, writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { EXIT, FatalError, isOutOfSpace } from '../../errors/exit-codes.js';
import { syncTimes } from '../measured.js';
import { SlowSyncs } from './slow-syncs.js';

/** How long, in ms, recent syncs may have taken for the next to run on the main thread: what the thread pool costs. */
export const SYNC_INLINE_LIMIT_MS = 0.5;
/** What is taken for the time of a sync before there was one: nothing is known of the disk yet. */
const UNKNOWN_MS = 2;
/** How much of the longest sync counts after each further one: a slow one is remembered for a dozen or two. */
const FADING = 0.8;

/**
 * Writes and syncs. A disk with a power-safe cache confirms in less time than the way through the thread pool and back
 * takes, so it is synced on the main thread. One that was slow lately is synced in the pool, where it holds up nobody but
 * those who wait for their acknowledgement.
 */
export class Disk {
  /** The longest of the recent syncs, in ms, fading. */
  private longestMs = UNKNOWN_MS;
  private readonly slow = new SlowSyncs((line, fields) => new Logger('Journal').warn(line, fields));

  /** @param inlineLimitMs how long recent syncs may have taken for the next to run on the main thread; 0: never */
  constructor(private readonly inlineLimitMs: number) {}

  /** Writes at a place of a file. Returns whether there was room for all of it; throws `FatalError` for any other failure. */
  async write(handle: FileHandle, bytes: Buffer, position: number): Promise<boolean> {
    try {
      const { bytesWritten } = this.isFast
        ? { bytesWritten: writeSync(handle.fd, bytes, 0, bytes.length, position) }
        : await handle.write(bytes, 0, bytes.length, position);
      // Fewer than asked is how a full disk shows first.
      return bytesWritten === bytes.length;
    } catch (error) {
      if (isOutOfSpace(error)) return false;
      throw new FatalError(EXIT.io, 'The journal could not be written.', { cause: error });
    }
  }

  /**
   * Waits until everything written to a file is on the disk. A failed sync is never tried again: the kernel may have
   * dropped the dirty pages and would report success the second time (the fsync error of PostgreSQL, 2018).
   */
  async sync(handle: FileHandle): Promise<void> {
    const from = performance.now();
    try {
      if (this.isFast) fdatasyncSync(handle.fd);
      else await handle.datasync();
    } catch (error) {
      throw new FatalError(EXIT.io, 'The disk did not confirm a write. Restart to repair the journal.', {
        cause: error,
      });
    }
    const to = performance.now();
    this.longestMs = Math.max(to - from, this.longestMs * FADING);
    this.slow.note(to - from, to);
    syncTimes.next(to - from);
  }

  private get isFast(): boolean {
    return this.longestMs <= this.inlineLimitMs;
  }
}
