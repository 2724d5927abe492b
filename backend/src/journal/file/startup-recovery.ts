import type { Clock } from '../monotonic-clock.js';
import { keepAside } from './folder.js';
import type { LogFile } from './log-file.js';
import { damageFound, isLoss, type Position, scan, type Scanned, START, type Visitor } from './scan.js';
import { takeInWal } from './wal-upgrade.js';

/** Reads a journal's file at start, and repairs what a server that did not stop by itself has left. */
export class StartupRecovery {
  /** What was done, in sentences for the owner. */
  readonly notes: string[] = [];
  /** Where bytes were put that are no longer part of the journal. */
  aside: string | undefined;

  constructor(
    private readonly folder: string,
    private readonly file: LogFile,
    private readonly clock: Clock,
  ) {}

  /** Before anything else is read: what an earlier version has left to be taken in. */
  async upgrade(): Promise<void> {
    const note = await takeInWal(this.folder, this.file, (size) => this.putAside(size, 'torn'));
    if (note) this.notes.push(note);
  }

  /**
   * Visits the records after a position. A torn write at the end that nobody was promised is put aside; damage throws
   * `FatalError` (65).
   */
  async recover(from: Position, visitor: Visitor): Promise<Scanned> {
    const scanned = await scan(this.file, from, visitor);
    const { rest, n, size } = scanned;
    if (rest && !isLoss(rest, n)) throw damageFound(this.file.path, scanned);
    if (rest) {
      await this.putAside(size, 'torn');
      this.notes.push(`A write that was cut off was put aside: ${this.aside}`);
    }
    return scanned;
  }

  /**
   * Cuts everything after the last whole line before the damage, and keeps it aside: for an owner who knows of it and
   * decides so. Returns what was found. Throws `FatalError` (65) when nothing would be left.
   */
  async cutDamage(): Promise<Scanned> {
    const scanned = await scan(this.file, START, { header: () => undefined, record: () => undefined });
    const { rest, size } = scanned;
    if (rest && size === 0 && !isLoss(rest, 0)) throw damageFound(this.file.path, scanned);
    if (rest) await this.putAside(size, isLoss(rest, scanned.n) ? 'torn' : 'cut');
    return scanned;
  }

  /** Keeps the bytes from `size` on in a file of their own, for whoever wants to look, and cuts them off. */
  private async putAside(size: number, why: 'torn' | 'cut'): Promise<void> {
    const bytes = await this.file.read(size, this.file.size - size);
    this.aside = await keepAside(bytes, `${this.file.path}.${why}-${this.clock().replaceAll(':', '')}`);
    await this.file.truncate(size);
  }
}
