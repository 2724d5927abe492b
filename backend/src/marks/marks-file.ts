import { Injectable, Logger } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { Config } from '../config.js';
import { codeOf } from '../errors/exit-codes.js';
import { keepAside } from '../journal/index.js';

/** The version of the file that this server writes. A later one is left as it is. */
const FORMAT = 1;

/** How far members have read, by e-mail: the number of the newest message that each has seen. */
type MarksByMember = Readonly<Record<string, number>>;

interface Stored {
  readonly format: number;
  /** The identity of the journal that the numbers are of. */
  readonly journal: string;
  readonly marks: MarksByMember;
}

/**
 * `data/marks.json`. Nothing depends on it but where people find the line «new»: it is replaced whole, without a sync, and
 * what is not this server's own is never overwritten.
 */
@Injectable()
export class MarksFile {
  private readonly logger = new Logger(MarksFile.name);
  private readonly path: string;
  private journal = '';
  /** Whether the file is not this version's to write. */
  private isForeign = false;
  private hasFailed = false;

  constructor({ DATA_DIR }: Config) {
    this.path = join(DATA_DIR, 'marks.json');
  }

  /** What the file holds about this journal; nothing where it is missing, of another journal, or cannot be read. */
  async open(journal: string): Promise<MarksByMember> {
    this.journal = journal;
    const found = await this.read();
    if (!found) return {};
    const stored = parsed(found);
    if (stored?.format === FORMAT && stored.journal === journal && isMarks(stored.marks)) return stored.marks;
    if (typeof stored?.format === 'number' && stored.format > FORMAT) this.leave(stored.format);
    else await this.putAside(found);
    return {};
  }

  /** Replaces the file. A failure is logged once, until one succeeds: what is lost is a line on a page. */
  async write(marks: MarksByMember): Promise<void> {
    if (this.isForeign) return;
    const stored: Stored = { format: FORMAT, journal: this.journal, marks };
    try {
      await writeFileAtomic(this.path, `${JSON.stringify(stored)}\n`, { mode: 0o600, fsync: false });
      this.hasFailed = false;
    } catch (error) {
      if (!this.hasFailed) this.logger.warn(`marks.json cannot be written (${codeOf(error) ?? 'unknown'}).`);
      this.hasFailed = true;
    }
  }

  private async read(): Promise<Buffer | undefined> {
    try {
      return await readFile(this.path);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      this.isForeign = true;
      this.logger.warn(
        `marks.json cannot be read (${codeOf(error) ?? 'unknown'}). How far people read is kept until the server stops.`,
      );
      return undefined;
    }
  }

  private leave(format: number): void {
    this.isForeign = true;
    this.logger.warn(
      `marks.json is of a later version (${format}) and stays as it is. How far people read is kept until the server stops.`,
    );
  }

  private async putAside(found: Buffer): Promise<void> {
    try {
      const aside = await keepAside(found, `${this.path}.unverified-${new Date().toISOString().replaceAll(':', '')}`);
      this.logger.warn(`marks.json is not of this journal, or is damaged. It was put aside: ${aside}`);
    } catch (error) {
      this.isForeign = true;
      this.logger.warn(
        `marks.json is not of this journal, and could not be put aside (${codeOf(error) ?? 'unknown'}).`,
      );
    }
  }
}

function parsed(found: Buffer): Partial<Stored> | undefined {
  try {
    const stored = JSON.parse(found.toString()) as unknown;
    return typeof stored === 'object' && stored !== null ? stored : undefined;
  } catch {
    // Cut off, or edited by hand.
    return undefined;
  }
}

function isMarks(marks: unknown): marks is MarksByMember {
  return typeof marks === 'object' && marks !== null && Object.values(marks).every((n) => Number.isSafeInteger(n));
}
