import { constants, fstatSync, readSync, type BigIntStats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { tryLock } from 'fs-native-extensions';
import { codeOf, EXIT, FatalError } from '../../errors/exit-codes.js';
import { NoSpace } from '../record-store.js';
import { Disk } from './disk.js';

/** The name of the journal in its folder. */
export const JOURNAL_FILE = 'journal.jsonl';

const PROBE_BYTES = 4_096;
const PREFIX_CHUNK_BYTES = 1 << 20;
const NEWLINE = 0x0a;

/** Whole lines of the file, and where they stand. */
export interface Chunk {
  readonly bytes: Buffer;
  /** Where `bytes` begins in the file. */
  readonly offset: number;
}

/**
 * The file under the journal: one writer, whole appends or none, and a known durable size. Every failure is either
 * `NoSpace` (cut back, may succeed later) or `FatalError`.
 */
export class LogFile {
  private readonly disk: Disk;
  private durable: number;
  private readonly atTheEnd = Buffer.alloc(2);

  private constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    private readonly opened: BigIntStats,
    syncInlineLimitMs = 0,
  ) {
    this.disk = new Disk(syncInlineLimitMs);
    this.durable = Number(opened.size);
  }

  /**
   * Opens or makes the file (mode 0600) and locks it. The kernel holds the lock with the open file, so it is free the
   * moment the process dies, however it dies, and holds between containers that share the folder.
   * @param syncInlineLimitMs see `Disk`
   */
  static async open(path: string, syncInlineLimitMs = 0): Promise<LogFile> {
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    if (!tryLock(handle.fd)) {
      await handle.close();
      throw new FatalError(
        EXIT.locked,
        `Another Lonja already uses ${path}. Stop it first, or choose another DATA_DIR.`,
      );
    }
    return new LogFile(path, handle, await handle.stat({ bigint: true }), syncInlineLimitMs);
  }

  /** Opens the file to look at it, whoever else uses it. */
  static async view(path: string): Promise<LogFile> {
    const handle = await open(path, constants.O_RDONLY);
    return new LogFile(path, handle, await handle.stat({ bigint: true }));
  }

  /** Bytes that are known to be on the disk (at open: that were found). */
  get size(): number {
    return this.durable;
  }

  /** Appends all of `bytes` and waits until they are on the disk. Throws `NoSpace` when nothing was stored. */
  async append(bytes: Buffer): Promise<void> {
    this.refuseForeignWriter();
    await this.write(bytes);
    await this.disk.sync(this.handle);
    this.durable += bytes.length;
  }

  /** Finds out whether there is space again. Throws `NoSpace`. */
  async probe(): Promise<void> {
    this.refuseForeignWriter();
    await this.write(Buffer.alloc(PROBE_BYTES));
    await this.truncate(this.durable);
  }

  /** Up to `length` bytes from `offset`; fewer only at the end of the file. */
  read(offset: number, length: number): Promise<Buffer> {
    return this.readInto(Buffer.allocUnsafe(Math.min(length, this.durable - offset)), offset);
  }

  /** The same into memory that is there: as many bytes as it holds. */
  async readInto(buffer: Buffer, offset: number): Promise<Buffer> {
    const length = Math.min(buffer.length, this.durable - offset);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await this.handle.read(buffer, filled, length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  }

  /** Whether the file begins with exactly so many bytes of that CRC-32. */
  async beginsWith({ size, crc }: { readonly size: number; readonly crc: number }): Promise<boolean> {
    if (size > this.durable) return false;
    const buffer = Buffer.allocUnsafe(Math.min(PREFIX_CHUNK_BYTES, size));
    let found = 0;
    for (let offset = 0; offset < size; offset += buffer.length) {
      found = crc32(await this.readInto(buffer.subarray(0, size - offset), offset), found);
    }
    return found === crc;
  }

  /** The file from `offset` in chunks of whole lines; the last may end with a line that is not whole. */
  async *chunks(offset: number, length: number): AsyncGenerator<Chunk> {
    let rest: Buffer = Buffer.alloc(0);
    let start = offset;
    while (start + rest.length < this.durable) {
      const read = await this.read(start + rest.length, length);
      // Whoever only looks may see the file being cut back.
      if (read.length === 0) break;
      const bytes = rest.length > 0 ? Buffer.concat([rest, read]) : read;
      const end = bytes.lastIndexOf(NEWLINE) + 1;
      if (end > 0) yield { bytes: bytes.subarray(0, end), offset: start };
      rest = bytes.subarray(end);
      start += end;
    }
    if (rest.length > 0) yield { bytes: rest, offset: start };
  }

  /**
   * Writes the bytes from `offset` on once more, where they stand, and waits until they are on the disk. After a failed
   * sync the cache may show bytes that never reached the disk; what was read from it is only trusted after this.
   */
  async rewrite(offset: number): Promise<void> {
    const bytes = await this.read(offset, this.durable - offset);
    if (bytes.length === 0) return;
    if (!(await this.disk.write(this.handle, bytes, offset))) {
      throw new FatalError(EXIT.io, 'The end of the journal could not be written again.');
    }
    await this.disk.sync(this.handle);
  }

  /** Cuts the file and waits until that is on the disk. */
  async truncate(size: number): Promise<void> {
    try {
      await this.handle.truncate(size);
    } catch (error) {
      throw new FatalError(EXIT.io, 'The journal could not be cut back to its last durable record.', { cause: error });
    }
    await this.disk.sync(this.handle);
    this.durable = size;
  }

  /**
   * Throws `FatalError` (65) unless the path still leads to the open file: one that was deleted or replaced goes on being
   * written and synced without an error, and nobody would find it again.
   */
  async verifyPath(): Promise<void> {
    const { dev, ino } = this.opened;
    const found = await stat(this.path, { bigint: true }).catch((error: unknown) => codeOf(error));
    // Any other error of the check does not prove anything about the file.
    const isGone = found === 'ENOENT' || found === 'ENOTDIR';
    if (!isGone && (typeof found !== 'object' || (found.dev === dev && found.ino === ino))) return;
    const what = isGone ? 'is not there any more' : 'was replaced by another file';
    throw new FatalError(
      EXIT.damaged,
      `${this.path} ${what} while the server ran. Restore it, or a backup, and start.`,
    );
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private async write(bytes: Buffer): Promise<void> {
    if (await this.disk.write(this.handle, bytes, this.durable)) return;
    await this.truncate(this.durable);
    throw new NoSpace('there is no space for the journal');
  }

  /**
   * Reads where the file must end, instead of asking for its size: a file system that was asked for a file's times keeps
   * exact ones from then on (Linux 6.13), and the next sync takes half as long again. Synchronous, because it only asks the
   * kernel's memory: the way through the thread pool takes longer.
   */
  private refuseForeignWriter(): void {
    const before = Math.min(this.durable, 1);
    const { fd } = this.handle;
    if (readSync(fd, this.atTheEnd, 0, 2, this.durable - before) === before) return;
    const found = `The journal has ${fstatSync(fd).size} bytes instead of ${this.durable}`;
    throw new FatalError(EXIT.damaged, `${found}: something else writes to it.`);
  }
}
