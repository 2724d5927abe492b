import { type Change, changed, type DiskEvent, type Names } from './disk-event.js';
import type { Recording } from './disk-recorder.js';

/** A change that is not synced, and the index of its event. */
interface Pending<Thing> {
  readonly index: number;
  readonly thing: Thing;
}

/** The synced bytes of a file, and the changes since that sync. */
export interface DiskFile {
  readonly durable: Buffer;
  readonly pending: readonly Change[];
}

type State = Pick<Recording<unknown>, 'names' | 'contents'> & {
  /** Events so far. */
  readonly count: number;
  readonly listed: readonly Pending<Names>[];
  readonly changes: readonly Pending<{ readonly file: number; readonly change: Change }>[];
};

/**
 * What is certainly on a disk at some moment, and what may be on it. A file's bytes and its size are certain when the file
 * was synced, its name when the folder was: ext4 keeps the name of a new file with the file's own sync, but POSIX does not
 * guarantee that, and other file systems do not do it.
 */
export class SimulatedDisk {
  private readonly state: State;

  constructor(begin: Pick<Recording<unknown>, 'names' | 'contents'> | State) {
    this.state = { count: 0, listed: [], changes: [], ...begin };
  }

  /** The disk after one more event. */
  after(event: DiskEvent<unknown>): SimulatedDisk {
    const { count: index, listed, changes } = this.state;
    const next = { ...this.state, count: index + 1 };
    if (event.kind === 'listed') next.listed = [...listed, { index, thing: event.names }];
    if (event.kind === 'changed') next.changes = [...changes, { index, thing: event }];
    if (event.kind === 'synced') Object.assign(next, this.synced(event.file, event.before));
    return new SimulatedDisk(next);
  }

  /** The directory listings that are possible after a power failure: changes of names keep their order. */
  get listings(): readonly Names[] {
    return [this.state.names, ...this.state.listed.map(({ thing }) => thing)];
  }

  file(file: number): DiskFile {
    const changes = this.state.changes.filter(({ thing }) => thing.file === file);
    return { durable: this.contentsOf(file), pending: changes.map(({ thing }) => thing.change) };
  }

  private synced(file: number | 'folder', before: number): Partial<State> {
    const { names, listed, changes, contents } = this.state;
    if (file === 'folder') {
      const last = listed.findLast(({ index }) => index < before);
      return { names: last?.thing ?? names, listed: listed.filter(({ index }) => index >= before) };
    }
    const isCovered = ({ index, thing }: State['changes'][number]) => thing.file === file && index < before;
    const bytes = changes
      .filter(isCovered)
      .reduce((all, { thing }) => changed(all, thing.change), this.contentsOf(file));
    const after = [...contents];
    after[file] = bytes;
    return { contents: after, changes: changes.filter((each) => !isCovered(each)) };
  }

  private contentsOf(file: number): Buffer {
    return this.state.contents[file] ?? Buffer.alloc(0);
  }
}
