import { Logger } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { codeOf } from '../errors/exit-codes.js';
import { keepAside } from '../journal/index.js';

/** The least time between two versions of a file. */
const SAVE_INTERVAL_MS = 1_000;

/** One file of what members have set for themselves. */
export interface MemberStateKind<State> {
  /** The name of the file in the data folder. */
  readonly name: string;
  /** The version of the file that this server writes. A later one is left as it is. */
  readonly format: number;
  /** What the file keeps, as a sentence of the log begins with it. */
  readonly matter: string;
  /** What a file of this version and journal holds; undefined when that cannot be. */
  readonly parse: (stored: object) => State | undefined;
}

interface Head {
  readonly format: number;
  /** The identity of the journal that the numbers are of. */
  readonly journal: string;
}

/**
 * A small file with the members' own state, which is no history: it is replaced whole, at most once a second and without a sync,
 * and what is not this server's own is never overwritten.
 */
export class MemberStateFile<State extends object> {
  private readonly logger = new Logger(MemberStateFile.name);
  private readonly path: string;
  private journal = '';
  /** Whether the file is not this version's to write. */
  private isForeign = false;
  private hasFailed = false;
  /** What is due to be written, made when it is. */
  private due: (() => State) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private saving: Promise<void> = Promise.resolve();

  constructor(
    folder: string,
    private readonly kind: MemberStateKind<State>,
  ) {
    this.path = join(folder, kind.name);
  }

  /** What the file holds about this journal; undefined where it is missing, of another journal, or cannot be read. */
  async open(journal: string): Promise<State | undefined> {
    this.journal = journal;
    const found = await this.read();
    if (!found) return undefined;
    const stored = parsed(found);
    const { format } = this.kind;
    const state = stored?.format === format && stored.journal === journal ? this.kind.parse(stored) : undefined;
    if (state) return state;
    if (typeof stored?.format === 'number' && stored.format > format) this.leave(stored.format);
    else await this.putAside(found);
    return undefined;
  }

  /** Replaces the file within a second with what `state` returns then. */
  saveSoon(state: () => State): void {
    this.due = state;
    this.timer ??= setTimeout(() => this.save(), SAVE_INTERVAL_MS).unref();
  }

  /** Resolves when what was due is written. */
  async close(): Promise<void> {
    this.save();
    await this.saving;
  }

  /** One after the other: two that replace the same file at once would leave either. */
  private save(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { due } = this;
    this.due = undefined;
    if (due) this.saving = this.saving.then(() => this.write(due()));
  }

  /** A failure is logged once, until one succeeds: it must not stop anybody's work. */
  private async write(state: State): Promise<void> {
    if (this.isForeign) return;
    const head: Head = { format: this.kind.format, journal: this.journal };
    try {
      await writeFileAtomic(this.path, `${JSON.stringify({ ...head, ...state })}\n`, { mode: 0o600, fsync: false });
      this.hasFailed = false;
    } catch (error) {
      if (!this.hasFailed) this.logger.warn(`${this.kind.name} cannot be written (${codeOf(error) ?? 'unknown'}).`);
      this.hasFailed = true;
    }
  }

  private async read(): Promise<Buffer | undefined> {
    try {
      return await readFile(this.path);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      this.isForeign = true;
      const { name, matter } = this.kind;
      this.logger.warn(
        `${name} cannot be read (${codeOf(error) ?? 'unknown'}). ${matter} is kept until the server stops.`,
      );
      return undefined;
    }
  }

  private leave(format: number): void {
    this.isForeign = true;
    const { name, matter } = this.kind;
    this.logger.warn(
      `${name} is of a later version (${format}) and stays as it is. ${matter} is kept until the server stops.`,
    );
  }

  private async putAside(found: Buffer): Promise<void> {
    const { name } = this.kind;
    try {
      const aside = await keepAside(found, `${this.path}.unverified-${new Date().toISOString().replaceAll(':', '')}`);
      this.logger.warn(`${name} is not of this journal, or is damaged. It was put aside: ${aside}`);
    } catch (error) {
      this.isForeign = true;
      this.logger.warn(`${name} is not of this journal, and could not be put aside (${codeOf(error) ?? 'unknown'}).`);
    }
  }
}

function parsed(found: Buffer): Partial<Head> | undefined {
  try {
    const stored = JSON.parse(found.toString()) as unknown;
    return isObject(stored) ? stored : undefined;
  } catch {
    // Cut off, or edited by hand.
    return undefined;
  }
}

/** Whether a value of a file may have properties. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
