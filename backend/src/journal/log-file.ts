import { constants, fstatSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tryLock } from 'fs-native-extensions';
import { EXIT, FatalError } from '../errors/exit-codes.js';
import { Disk } from './disk.js';
import { NoSpace } from './no-space.js';
import { WriteAheadLog } from './write-ahead-log.js';

/** The name of the journal in its folder. */
export const JOURNAL_FILE = 'journal.jsonl';

const PROBE_BYTES = 4_096;
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
  private readonly atTheEnd = Buffer.alloc(2);
  private ahead: WriteAheadLog | undefined;

  private constructor(
    private readonly handle: FileHandle,
    private durable: number,
    patience = 0,
  ) {
    this.disk = new Disk(patience);
  }

  /**
   * Opens or makes the file (mode 0600) and locks it. The kernel holds the lock with the open file, so it is free the
   * moment the process dies, however it dies, and holds between containers that share the folder.
   * @param patience see `Disk`
   */
  static async open(path: string, patience = 0): Promise<LogFile> {
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    if (!tryLock(handle.fd)) {
      await handle.close();
      throw new FatalError(
        EXIT.locked,
        `Another Lonja already uses ${path}. Stop it first, or choose another DATA_DIR.`,
      );
    }
    return new LogFile(handle, (await handle.stat()).size, patience);
  }

  /** Opens the file to look at it, whoever else uses it. */
  static async view(path: string): Promise<LogFile> {
    const handle = await open(path, constants.O_RDONLY);
    return new LogFile(handle, (await handle.stat()).size);
  }

  /** Bytes that are known to be on the disk (at open: that were found). */
  get size(): number {
    return this.durable;
  }

  /** From now on what is appended goes to the disk by a write-ahead log of so many bytes, where there is room for it. */
  async writeAhead(folder: string, journal: string, capacity: number): Promise<void> {
    this.ahead = await WriteAheadLog.make(folder, journal, capacity, this.disk);
  }

  /** Appends all of `bytes` and waits until they are on the disk. Throws `NoSpace` when nothing was stored. */
  async append(bytes: Buffer): Promise<void> {
    this.refuseForeignWriter();
    await this.write(bytes);
    if (!(await this.ahead?.append(bytes))) await this.disk.sync(this.handle, this.ahead !== undefined);
    this.durable += bytes.length;
  }

  /** Appends the last there is: then the file itself is on the disk, and needs no write-ahead log any more. */
  async finish(bytes: Buffer): Promise<void> {
    const { ahead } = this;
    this.ahead = undefined;
    try {
      await this.append(bytes);
    } catch (error) {
      // Without space the file was cut back, which puts it on the disk too; after anything else a start may need the log.
      await (error instanceof NoSpace ? ahead?.remove() : ahead?.close());
      throw error;
    }
    await ahead?.remove();
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

  async close(): Promise<void> {
    try {
      await this.ahead?.close();
    } finally {
      await this.handle.close();
    }
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
