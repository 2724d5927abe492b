import { constants } from 'node:os';
import type { Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Where a fault happens: in the k-th write, or in the k-th sync. */
export type Operation = 'write' | 'sync';

/** What happens there. */
export type Fault =
  | { readonly kind: 'short' }
  | { readonly kind: 'error'; readonly code: Parameters<typeof systemError>[0] }
  /** The process is killed when so many of the bytes were written. */
  | { readonly kind: 'kill'; readonly written: (length: number) => number };

/** Bytes, where they begin and how many they are, and their place in the file. */
type Piece = [buffer: Buffer, offset: number, length: number, position: number];
type Write = (this: FileHandle, ...piece: Piece) => Promise<Written>;
interface Written {
  readonly bytesWritten: number;
  readonly buffer: Buffer;
}
type Sync = (this: FileHandle) => Promise<void>;
type Truncate = (this: FileHandle, size?: number) => Promise<void>;
type Stat = (this: FileHandle, options?: { bigint?: boolean }) => Promise<Stats>;
interface Operations {
  write: Write;
  datasync: Sync;
  sync: Sync;
  truncate: Truncate;
  stat: Stat;
}

/** A call that never returns: its process was killed. */
const never = () => Promise.withResolvers<never>().promise;

/**
 * Intercepts every `FileHandle` of this process and makes one operation fail. Calls that never return simulate a killed
 * process; `restart` then closes its open files, and so releases their locks.
 */
export class FaultyDisk {
  private readonly counted: Record<Operation, number> = { write: 0, sync: 0 };
  private readonly handles = new Set<FileHandle>();
  private planned: { on: Operation; k: number; fault: Fault } | undefined;
  private killed = Promise.withResolvers<undefined>();
  private dead = false;
  /** Whether the planned fault has happened. */
  happened = false;
  /** The bytes written since the last `plan` or `reset`. */
  readonly pieces: Buffer[] = [];
  /** Files and folders that were synced since then, by inode. */
  readonly synced = new Set<number>();
  /** Whether files cannot be cut either. */
  failTruncation = false;

  private constructor(
    private readonly prototype: Operations,
    private readonly real: Operations,
  ) {
    this.prototype.write = this.intercept((handle, ...piece: Piece) => this.write(handle, piece));
    this.prototype.datasync = this.intercept((handle) => this.sync(handle, this.real.datasync));
    this.prototype.sync = this.intercept((handle) => this.sync(handle, this.real.sync));
    this.prototype.truncate = this.intercept((handle, size?: number) => this.truncate(handle, size));
    // The journal asks for its size when it opens: from then on its file is known here.
    this.prototype.stat = this.intercept((handle, options?: { bigint?: boolean }) =>
      this.real.stat.call(handle, options),
    );
  }

  static async install(): Promise<FaultyDisk> {
    const handle = await open('/dev/null');
    const prototype = Object.getPrototypeOf(handle) as Operations;
    await handle.close();
    const { write, datasync, sync, truncate, stat } = prototype;
    return new FaultyDisk(prototype, { write, datasync, sync, truncate, stat });
  }

  /** Resolves when the process was killed. */
  get death(): Promise<undefined> {
    return this.killed.promise;
  }

  /** Plans one fault, counted from now: in the k-th such operation. */
  plan(on: Operation, k: number, fault: Fault): void {
    this.reset();
    this.planned = { on, k, fault };
    this.happened = false;
  }

  /** Cancels the planned fault and resets the counters. */
  reset(): void {
    this.counted.write = 0;
    this.counted.sync = 0;
    this.pieces.length = 0;
    this.synced.clear();
    this.planned = undefined;
  }

  /** Operations since the last `plan` or `reset`. */
  count(on: Operation): number {
    return this.counted[on];
  }

  /** Like a supervisor after the process has ended: only its files remain. */
  async restart(): Promise<void> {
    for (const handle of this.handles) if (handle.fd >= 0) await handle.close();
    this.handles.clear();
    this.planned = undefined;
    this.failTruncation = false;
    this.dead = false;
    this.killed = Promise.withResolvers();
  }

  /** Removes the interception. */
  remove(): void {
    Object.assign(this.prototype, this.real);
  }

  private intercept<Args extends unknown[], Result>(
    operate: (handle: FileHandle, ...args: Args) => Promise<Result>,
  ): (this: FileHandle, ...args: Args) => Promise<Result> {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- these are methods of another class
    const disk = this;
    return function (this: FileHandle, ...args: Args) {
      disk.handles.add(this);
      return disk.dead ? never() : operate(this, ...args);
    };
  }

  private async write(handle: FileHandle, piece: Piece): Promise<Written> {
    const [buffer, offset, length, position] = piece;
    const fault = this.due('write');
    this.pieces.push(buffer.subarray(offset, offset + length));
    if (!fault) return this.real.write.apply(handle, piece);
    if (fault.kind === 'error') throw systemError(fault.code);
    const part = fault.kind === 'short' ? length >> 1 : fault.written(length);
    const written = await this.real.write.call(handle, buffer, offset, part, position);
    return fault.kind === 'short' ? written : this.die();
  }

  private async sync(handle: FileHandle, real: Sync): Promise<void> {
    const fault = this.due('sync');
    if (fault?.kind === 'error') throw systemError(fault.code);
    if (fault) return this.die();
    this.synced.add((await this.real.stat.call(handle)).ino);
    return real.call(handle);
  }

  private async truncate(handle: FileHandle, size?: number): Promise<void> {
    if (this.failTruncation) throw systemError('EIO');
    return this.real.truncate.call(handle, size);
  }

  private due(on: Operation): Fault | undefined {
    this.counted[on]++;
    if (this.planned?.on !== on || this.planned.k !== this.counted[on]) return undefined;
    this.happened = true;
    return this.planned.fault;
  }

  private die(): Promise<never> {
    this.dead = true;
    this.killed.resolve(undefined);
    return never();
  }
}

/** The same error that Node creates, which has no name for an exceeded quota. */
function systemError(code: 'EIO' | 'ENOSPC' | 'EFBIG' | 'EDQUOT'): Error {
  const errno = -constants.errno[code];
  const name = code === 'EDQUOT' ? `Unknown system error ${errno}` : code;
  return Object.assign(new Error(`${code}: forced by a test`), { errno, code: name });
}
