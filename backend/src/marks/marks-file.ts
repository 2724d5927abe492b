import { Injectable, Logger } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { Config } from '../config.js';
import type { PlaceInTime } from '../contract/index.js';
import { codeOf } from '../errors/exit-codes.js';
import { keepAside } from '../journal/index.js';

/** The version of the file that this server writes. A later one is left as it is. */
const FORMAT = 1;

/** What is kept of members, by e-mail. */
export interface Marks {
  /** The number of the newest message that each has seen. */
  readonly marks: Readonly<Record<string, number>>;
  /** The record up to which each has caught up, and when that was. Files of earlier versions have none. */
  readonly visits: Readonly<Record<string, PlaceInTime>>;
}

const NONE: Marks = { marks: {}, visits: {} };

interface Stored extends Marks {
  readonly format: number;
  /** The identity of the journal that the numbers are of. */
  readonly journal: string;
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
  async open(journal: string): Promise<Marks> {
    this.journal = journal;
    const found = await this.read();
    if (!found) return NONE;
    const stored = parsed(found);
    if (stored?.format === FORMAT && stored.journal === journal && isMarks(stored.marks)) {
      return { marks: stored.marks, visits: isVisits(stored.visits) ? stored.visits : {} };
    }
    if (typeof stored?.format === 'number' && stored.format > FORMAT) this.leave(stored.format);
    else await this.putAside(found);
    return NONE;
  }

  /** Replaces the file. A failure is logged once, until one succeeds: what is lost is a line on a page. */
  async write(marks: Marks): Promise<void> {
    if (this.isForeign) return;
    const stored: Stored = { format: FORMAT, journal: this.journal, ...marks };
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
    return isObject(stored) ? stored : undefined;
  } catch {
    // Cut off, or edited by hand.
    return undefined;
  }
}

function isMarks(marks: unknown): marks is Marks['marks'] {
  return isObject(marks) && Object.values(marks).every((n) => Number.isSafeInteger(n));
}

function isVisits(visits: unknown): visits is Marks['visits'] {
  return isObject(visits) && Object.values(visits).every((visit) => isObject(visit) && isPlace(visit));
}

function isPlace({ n, at }: Partial<PlaceInTime>): boolean {
  return Number.isSafeInteger(n) && typeof at === 'string';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
