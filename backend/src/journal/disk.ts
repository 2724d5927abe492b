import { fdatasyncSync, writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

/** What is taken for the time of a sync (ms) before there was one: nothing is known of the disk yet. */
const UNKNOWN = 2;
/** How much of the longest sync counts after each further one: a slow one is remembered for a few dozen. */
const FADING = 0.9;

/**
 * The way of bytes to the disk. A disk with a power-safe cache confirms in less time than the way through the thread pool
 * and back takes, so such a one is waited for on the spot. One that was slow lately is waited for in the pool, where it
 * holds up nobody but those who wait for their acknowledgement.
 */
export class Disk {
  /** The longest of the recent syncs, in ms, fading. */
  private longest = UNKNOWN;

  /** @param patience how long, in ms, recent syncs may have taken for the next to be waited for on the spot; 0: never */
  constructor(
    private readonly handle: FileHandle,
    private readonly patience: number,
  ) {}

  /** Writes at a place of the file. Gives the bytes that were taken: fewer than asked is how a full disk shows first. */
  write(bytes: Buffer, position: number): number | Promise<number> {
    if (this.onTheSpot) return writeSync(this.handle.fd, bytes, 0, bytes.length, position);
    return this.handle.write(bytes, 0, bytes.length, position).then(({ bytesWritten }) => bytesWritten);
  }

  /** Waits until everything written is on the disk, and takes the time. */
  sync(): void | Promise<void> {
    const from = performance.now();
    if (!this.onTheSpot) return this.handle.datasync().then(() => this.took(performance.now() - from));
    fdatasyncSync(this.handle.fd);
    this.took(performance.now() - from);
  }

  private get onTheSpot(): boolean {
    return this.longest <= this.patience;
  }

  private took(milliseconds: number): void {
    this.longest = Math.max(milliseconds, this.longest * FADING);
  }
}
