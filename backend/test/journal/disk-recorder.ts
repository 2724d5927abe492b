import fs from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../src/errors/exit-codes.js';
import { changesBetween, type DiskEvent, type Names } from './disk-event.js';

/** A folder as it was, all of it on the disk, and what happened then. */
export interface Recording<Said> {
  readonly names: Names;
  /** The bytes of each file, at its number. */
  readonly contents: readonly Buffer[];
  readonly events: readonly DiskEvent<Said>[];
}

/** A function of the system's interface, whatever it takes. */
type Call = (this: unknown, ...args: unknown[]) => unknown;

const CHANGES = ['write', 'writev', 'truncate', 'writeFile', 'appendFile'];
const SYNCS = ['sync', 'datasync'];
/** The same with a file descriptor, as they are called by libraries and by whoever waits on the spot. */
const FD_CHANGES = ['write', 'writev', 'ftruncate'];
const FD_SYNCS = ['fsync', 'fdatasync'];

/**
 * Writes down what happens to one folder, whichever files are in it: it looks at the folder after every change that this
 * process makes through an open file, and sees every sync. A change made in another way, by a path, is seen with the next one.
 */
export class DiskRecorder<Said> {
  private readonly undo: (() => void)[] = [];
  private folder: string | undefined;
  private events: DiskEvent<Said>[] = [];
  private names: Names = new Map();
  /** Files by the number that the system gives them. */
  private files = new Map<number, number>();
  /** The bytes of every file there was. */
  private contents: Buffer[] = [];

  static async install<Said>(): Promise<DiskRecorder<Said>> {
    const handle = await open('/dev/null');
    const prototype = Object.getPrototypeOf(handle) as object;
    await handle.close();
    return new DiskRecorder(prototype);
  }

  private constructor(prototype: object) {
    for (const name of [...CHANGES, ...SYNCS]) {
      this.replace(prototype, name, (real) => this.ofHandle(real, SYNCS.includes(name)));
    }
    for (const name of [...FD_CHANGES, ...FD_SYNCS]) {
      const syncs = FD_SYNCS.includes(name);
      this.replace(fs, name, (real) => this.withCallback(real, syncs));
      this.replace(fs, `${name}Sync`, (real) => this.onTheSpot(real, syncs));
    }
  }

  /** Records a folder, of which everything there is now counts as synced, while `live` runs. */
  async record(folder: string, live: () => Promise<void>): Promise<Recording<Said>> {
    this.folder = folder;
    this.names = new Map();
    this.files = new Map();
    this.contents = [];
    this.look();
    const { names } = this;
    const contents = [...this.contents];
    const events: DiskEvent<Said>[] = (this.events = []);
    try {
      await live();
    } finally {
      this.look();
      this.folder = undefined;
    }
    return { names, contents, events };
  }

  /** Keeps, at its place in the order, that something was said. */
  say(said: Said): void {
    this.events.push({ kind: 'said', said });
  }

  remove(): void {
    for (const each of this.undo) each();
  }

  private replace(target: object, name: string, wrap: (real: Call) => Call): void {
    const real = Reflect.get(target, name) as Call;
    // With what `promisify` finds on it.
    const wrapped = Object.defineProperties(wrap(real), Object.getOwnPropertyDescriptors(real));
    Reflect.set(target, name, wrapped);
    this.undo.push(() => Reflect.set(target, name, real));
  }

  private ofHandle(real: Call, syncs: boolean): Call {
    const begin = (fd: number) => this.begin(fd, syncs);
    return async function (...args) {
      const end = begin((this as FileHandle).fd);
      const result = await real.apply(this, args);
      end();
      return result;
    };
  }

  private onTheSpot(real: Call, syncs: boolean): Call {
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

  /** Something is asked of an open file. Gives what is to be called when it has succeeded. */
  private begin(fd: number, syncs: boolean): () => void {
    this.look();
    if (!syncs || this.folder === undefined) return () => this.look();
    const before = this.events.length;
    const { ino } = fs.fstatSync(fd);
    const file = ino === fs.statSync(this.folder).ino ? 'folder' : this.files.get(ino);
    return () => {
      if (file !== undefined) this.events.push({ kind: 'synced', file, before });
    };
  }

  /** Compares the folder with what it was. */
  private look(): void {
    if (this.folder === undefined) return;
    const found = filesIn(this.folder);
    const names = new Map<string, number>();
    const inodes = new Map<number, number>();
    for (const { name, ino } of found) {
      const file = this.files.get(ino) ?? this.contents.push(Buffer.alloc(0)) - 1;
      inodes.set(ino, file);
      names.set(name, file);
    }
    // What is no more is forgotten: the system may give its number to a new file.
    this.files = inodes;
    if (isDifferent(names, this.names)) this.events.push({ kind: 'listed', names });
    this.names = names;
    for (const { name, bytes } of found) this.compare(names.get(name)!, bytes);
  }

  private compare(file: number, after: Buffer): void {
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

/** All of one moment: in a thread of the pool, one may be renamed between its name and its bytes. */
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
