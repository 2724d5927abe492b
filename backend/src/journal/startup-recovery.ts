import { join } from 'node:path';
import type { Clock } from './monotonic-clock.js';
import { keepAside } from './keep-aside.js';
import { JOURNAL_FILE, type LogFile } from './log-file.js';
import { damagedBehind, isLoss, type Position, scan, type Scanned, START, type Visitor } from './scan.js';
import { WalRecords } from './wal-records.js';
import { WAL_FILE } from './write-ahead-log.js';

/** What a start found, and did, before the journal goes on. */
export interface Mended extends Position {
  /** Where the bytes begin of which nothing proves that they are on the disk in the journal itself. */
  readonly unproven: number;
  /** The number of the first record in the write-ahead log, of which the same is true; 0: there is none. */
  readonly ahead: number;
}

/** A journal's file and what a server that did not stop by itself has left beside it. */
export class StartupRecovery {
  /** What was done, in sentences for the owner. */
  readonly notes: string[] = [];
  /** Where bytes were put that are no longer part of the journal. */
  aside: string | undefined;
  private journal = '';
  private readonly path: string;

  /** @param journal its identity, where the first line is not read again */
  constructor(
    private readonly folder: string,
    private readonly file: LogFile,
    private readonly clock: Clock,
    journal = '',
  ) {
    this.path = join(folder, JOURNAL_FILE);
    this.journal = journal;
  }

  /**
   * Reads the records behind a position and tells of each. A torn tail that nobody was promised is put aside; what the
   * journal has lost and the write-ahead log still has is put back; damage throws `FatalError` (65).
   */
  async recover(from: Position, told: Visitor): Promise<Mended> {
    const visitor = this.knowing(told);
    const wal = await WalRecords.read(this.folder);
    const scanned = await scan(this.file, from, visitor);
    const lost = wal?.behind(this.journal, scanned.n) ?? [];
    const reached = scanned.n + lost.length;
    const { rest } = scanned;
    if (rest && !isLoss(rest, reached)) throw damagedBehind(this.path, scanned);
    const beyond = wal?.beyond(this.journal, reached);
    if (rest) {
      await this.putAside(scanned.size, 'torn');
      const promise = lost.length > 0 || beyond ? '' : 'that nobody was promised ';
      this.notes.push(`A torn write ${promise}was put aside: ${this.aside}`);
    }
    const position = lost.length > 0 ? await this.putBack(lost, scanned, visitor) : scanned;
    if (wal && beyond) {
      const sentence = `${WAL_FILE} speaks of records up to ${beyond}, to which this journal does not lead`;
      this.notes.push(
        `${sentence}: it ends at record ${reached}. It was put aside: ${await wal.setAside(this.instant())}`,
      );
    }
    return { ...position, unproven: scanned.unproven, ahead: wal?.firstOf(this.journal) ?? 0 };
  }

  /**
   * Cuts everything behind the last whole line before the damage, and keeps it aside: for an owner who was told of it and
   * decides so. Returns what was found. Throws `FatalError` (65) when nothing would be left.
   */
  async cutDamage(): Promise<Scanned> {
    const scanned = await scan(this.file, START, this.knowing({ header: () => undefined, record: () => undefined }));
    const { rest, size } = scanned;
    if (rest && size === 0 && !isLoss(rest, 0)) throw damagedBehind(this.path, scanned);
    if (rest) await this.putAside(size, isLoss(rest, scanned.n) ? 'torn' : 'cut');
    return scanned;
  }

  private knowing(told: Visitor): Visitor {
    const header = (journal: string) => {
      this.journal = journal;
      told.header(journal);
    };
    return { ...told, header };
  }

  /** Keeps the bytes behind `size` in a file of their own, for whoever wants to look, and cuts them off. */
  private async putAside(size: number, why: 'torn' | 'cut'): Promise<void> {
    const bytes = await this.file.read(size, this.file.size - size);
    this.aside = await keepAside(bytes, `${this.path}.${why}-${this.instant()}`);
    await this.file.truncate(size);
  }

  /** Appends lines of the write-ahead log, and tells of them as of those that were found. */
  private async putBack(lines: Buffer[], behind: Position, visitor: Visitor): Promise<Position> {
    await this.file.append(Buffer.concat(lines));
    const found = await scan(this.file, behind, visitor);
    this.notes.push(
      `What follows record ${behind.n} had not reached the journal. It was taken from ${WAL_FILE}, up to record ${found.n}.`,
    );
    return found;
  }

  private instant(): string {
    return this.clock().replaceAll(':', '');
  }
}
