import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disk } from './disk.js';
import { isOutOfSpace } from './no-space.js';
import { addChecksum, withoutChecksum } from './checksum.js';

export const WAL_FILE = 'journal.wal';

/** Says whose records these are. */
export function encodeWalHeader(journal: string): Buffer {
  return addChecksum(withoutChecksum({ wal: journal }));
}

/**
 * The newest lines of the journal once more, in a file of fixed size that is overwritten again and again. A file that
 * grows pays for its new length with each sync, this one does not, so a batch is on the disk in a fraction of the time.
 * The journal itself is synced when this file is full, and at a clean stop, which removes it: it is there only while a
 * server runs and after one that did not stop by itself. Then the next start takes from it what the journal lost.
 */
export class WriteAheadLog {
  /** Where the next lines go; behind them stand older ones. */
  private end: number;

  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    private readonly disk: Disk,
    private readonly room: { readonly start: number; readonly end: number },
  ) {
    this.end = room.start;
  }

  /**
   * Makes the file in a folder, in place of an older one, with all its bytes on the disk. Everything in the journal must
   * be there already. Undefined where there is no room for it: it makes batches faster, no more.
   * @param capacity bytes
   */
  static async make(folder: string, journal: string, capacity: number, disk: Disk): Promise<WriteAheadLog | undefined> {
    const path = join(folder, WAL_FILE);
    const header = encodeWalHeader(journal);
    const handle = await open(path, 'w+', 0o600);
    try {
      if (capacity > header.length && (await disk.write(handle, Buffer.concat([header], capacity), 0))) {
        await handle.sync();
        return new WriteAheadLog(path, handle, disk, { start: header.length, end: capacity });
      }
    } catch (error) {
      // Some file systems find out only now that there is no room.
      if (!isOutOfSpace(error)) {
        await handle.close();
        throw error;
      }
    }
    await handle.close();
    await rm(path);
    return undefined;
  }

  /**
   * Puts lines on the disk. Returns whether that was possible; when it was not, the journal itself must be synced instead,
   * and from then on these are no longer the newest lines but begin anew.
   */
  async append(lines: Buffer): Promise<boolean> {
    const fits = this.end + lines.length <= this.room.end;
    if (fits && (await this.disk.write(this.handle, lines, this.end))) {
      await this.disk.sync(this.handle);
      this.end += lines.length;
      return true;
    }
    this.end = this.room.start;
    return false;
  }

  /** Takes it away when the journal is on the disk. */
  async remove(): Promise<void> {
    await this.close();
    await rm(this.path, { force: true });
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}
