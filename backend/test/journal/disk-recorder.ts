import fs from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../src/errors/exit-codes.js';
import { changesBetween, type DiskEvent, type Names } from './disk-event.js';

/** The synced state of a folder, and the events after it. */
export interface Recording<Exchange> {
  readonly names: Names;
  /** The bytes of each file, at its number. */
  readonly contents: readonly Buffer[];
  readonly events: readonly DiskEvent<Exchange>[];
}

/** A function of `fs`, with any arguments. */
type Call = (this: unknown, ...args: unknown[]) => unknown;

const CHANGES = ['write', 'writev', 'truncate', 'writeFile', 'appendFile'];
const SYNCS = ['sync', 'datasync'];
/** The same with a file descriptor, as libraries and syncs on the main thread call them. */
const FD_CHANGES = ['write', 'writev', 'ftruncate'];
const FD_SYNCS = ['fsync', 'fdatasync'];

/**
 * Records the changes of one folder, whichever files are in it: it compares the folder after every change that this process
 * makes through an open file, and intercepts every sync. A change by a path is recorded with the next one.
 */
export class DiskRecorder<Exchange> {
  private readonly undo: (() => void)[] = [];
  private folder: string | undefined;
  private events: DiskEvent<Exchange>[] = [];
  private names: Names = new Map();
  /** Files by their inode number. */
  private files = new Map<number, number>();
  /** The bytes of every file, deleted ones included. */
  private contents: Buffer[] = [];

  static async install<Exchange>(): Promise<DiskRecorder<Exchange>> {
    const handle = await open('/dev/null');
    const prototype = Object.getPrototypeOf(handle) as object;
    await handle.close();
    return new DiskRecorder(prototype);
  }

  private constructor(prototype: object) {
    for (const name of [...CHANGES, ...SYNCS]) {
      this.replace(prototype, name, (real) => this.asynchronous(real, SYNCS.includes(name)));
    }
    for (const name of [...FD_CHANGES, ...FD_SYNCS]) {
      const syncs = FD_SYNCS.includes(name);
      this.replace(fs, name, (real) => this.withCallback(real, syncs));
      this.replace(fs, `${name}Sync`, (real) => this.synchronous(real, syncs));
    }
  }

  /** Records a folder while `run` runs; its contents at the start count as synced. */
  async record(folder: string, run: () => Promise<void>): Promise<Recording<Exchange>> {
    this.folder = folder;
    this.names = new Map();
    this.files = new Map();
    this.contents = [];
    this.compareFolder();
    const { names } = this;
    const contents = [...this.contents];
    const events: DiskEvent<Exchange>[] = (this.events = []);
    try {
      await run();
    } finally {
      this.compareFolder();
      this.folder = undefined;
    }
    return { names, contents, events };
  }

  /** Records an exchange between a sender and the journal in the order of the events. */
  exchanged(exchange: Exchange): void {
    this.events.push({ kind: 'exchanged', exchange });
  }

  remove(): void {
    for (const each of this.undo) each();
  }

  private replace(target: object, name: string, wrap: (real: Call) => Call): void {
    const real = Reflect.get(target, name) as Call;
    // With the properties that `promisify` reads.
    const wrapped = Object.defineProperties(wrap(real), Object.getOwnPropertyDescriptors(real));
    Reflect.set(target, name, wrapped);
    this.undo.push(() => Reflect.set(target, name, real));
  }

  private asynchronous(real: Call, syncs: boolean): Call {
    const begin = (fd: number) => this.begin(fd, syncs);
    return async function (...args) {
      const end = begin((this as FileHandle).fd);
      const result = await real.apply(this, args);
      end();
      return result;
    };
  }

  private synchronous(real: Call, syncs: boolean): Call {
    return (...args) => {
      const end = this.begin(args[0] as number, syncs);
      const result = real(...args);
      end();
      return result;
    };
  }

  private withCallback(real: Call, syncs: boolean): Call {
    return (...args) => {
      const end = this.begin(args[0] as number, syncs);
      const callback = args.pop() as Call;
      return real(...args, (...results: unknown[]) => {
        if (!results[0]) end();
        callback(...results);
      });
    };
  }

  /** Before a call on an open file. Returns the function to call after it has succeeded. */
  private begin(fd: number, syncs: boolean): () => void {
    this.compareFolder();
    if (!syncs || this.folder === undefined) return () => this.compareFolder();
    const before = this.events.length;
    const { ino } = fs.fstatSync(fd);
    const file = ino === fs.statSync(this.folder).ino ? 'folder' : this.files.get(ino);
    return () => {
      if (file !== undefined) this.events.push({ kind: 'synced', file, before });
    };
  }

  /** Records the differences from the last known state of the folder. */
  private compareFolder(): void {
    if (this.folder === undefined) return;
    const found = filesIn(this.folder);
    const names = new Map<string, number>();
    const inodes = new Map<number, number>();
    for (const { name, ino } of found) {
      const file = this.files.get(ino) ?? this.contents.push(Buffer.alloc(0)) - 1;
      inodes.set(ino, file);
      names.set(name, file);
    }
    // Deleted files are forgotten: the system may reuse their inode number for a new file.
    this.files = inodes;
    if (isDifferent(names, this.names)) this.events.push({ kind: 'listed', names });
    this.names = names;
    for (const { name, bytes } of found) this.compareFile(names.get(name)!, bytes);
  }

  private compareFile(file: number, after: Buffer): void {
    for (const change of changesBetween(this.contents[file]!, after))
      this.events.push({ kind: 'changed', file, change });
    this.contents[file] = after;
  }
}

/** A file of a folder. */
interface Found {
  readonly name: string;
  readonly ino: number;
  readonly bytes: Buffer;
}

/** Consistent: a thread of the pool may rename a file between the listing and the read, so that is tried again. */
function filesIn(folder: string): Found[] {
  for (;;) {
    try {
      return fs.readdirSync(folder).map((name) => fileAt(folder, name));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
}

function fileAt(folder: string, name: string): Found {
  const fd = fs.openSync(join(folder, name), 'r');
  try {
    return { name, ino: fs.fstatSync(fd).ino, bytes: fs.readFileSync(fd) };
  } finally {
    fs.closeSync(fd);
  }
}

function isDifferent(one: Names, other: Names): boolean {
  return one.size !== other.size || [...one].some(([name, file]) => other.get(name) !== file);
}
