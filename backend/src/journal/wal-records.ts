import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../failures.js';
import { keepAside } from './keep-aside.js';
import { BadLine, check } from './seal.js';
import { skim, type Skimmed } from './skim.js';
import { encodeWalHeader, WAL_FILE } from './write-ahead-log.js';

const NEWLINE = 0x0a;

/** The records in the write-ahead log of a server that did not stop by itself: consecutive, the newest there were. */
export class WalRecords {
  /** The number of the first; 0: there are none. */
  private first = 0;
  /** The number up to which some line in it says that the journal was on the disk. */
  private promised = 0;
  /** Where each begins, and where the last ends. */
  private readonly starts: number[] = [];
  private end: number;
  private readonly header: Buffer;

  private constructor(
    readonly path: string,
    private readonly bytes: Buffer,
  ) {
    this.end = bytes.indexOf(NEWLINE) + 1;
    this.header = bytes.subarray(0, this.end);
    let start = this.end;
    for (let end; (end = bytes.indexOf(NEWLINE, start)) >= 0; start = end + 1) this.look(start, end);
  }

  /** Reads the one in a folder, if there is one. */
  static async read(folder: string): Promise<WalRecords | undefined> {
    const path = join(folder, WAL_FILE);
    try {
      return new WalRecords(path, await readFile(path));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** The number of the last record; 0: there are none. */
  get last(): number {
    return this.first + Math.max(0, this.starts.length - 1);
  }

  /** The number of the first record of a journal that it has; 0: none of that one. */
  firstOf(journal: string): number {
    return this.header.equals(encodeWalHeader(journal)) ? this.first : 0;
  }

  /** The lines that follow record `n` of a journal, if it has them. */
  behind(journal: string, n: number): Buffer | undefined {
    const first = this.firstOf(journal);
    const start = first > 0 ? this.starts[n + 1 - first] : undefined;
    return start === undefined ? undefined : this.bytes.subarray(start, this.end);
  }

  /**
   * The newest record that it speaks of, when a journal that reaches `n` with what `behind` gave it does not lead there; 0
   * when it does. Then the journal is an older one, or another, or was copied while a server wrote to both; or the disk
   * has lost what both should have.
   */
  beyond(journal: string, n: number): number {
    const newest = Math.max(this.promised, this.last);
    return newest > n || this.firstOf(journal) !== this.first ? newest : 0;
  }

  /** Keeps a copy, for whoever wants to look. Returns where. */
  setAside(instant: string): Promise<string> {
    return keepAside(this.bytes, `${this.path}.unused-${instant.replaceAll(':', '')}`);
  }

  /**
   * Takes in a line. The lines end with the first that does not follow the one before: behind it stand older ones, which
   * have lower numbers, or what a write that was cut off has left.
   */
  private look(start: number, end: number): void {
    const skimmed = skimmedIn(this.bytes.subarray(start, end));
    if (!skimmed) return;
    this.promised = Math.max(this.promised, skimmed.durable);
    if (start !== this.end) return;
    if (this.starts.length === 0) this.first = skimmed.n;
    else if (skimmed.n !== this.last + 1) return;
    this.starts.push(start);
    this.end = end + 1;
  }
}

/** The head of a record; undefined for a line that is not whole, or holds none. */
function skimmedIn(line: Buffer): Skimmed | undefined {
  try {
    check(line);
    return skim(line);
  } catch (error) {
    if (error instanceof BadLine) return undefined;
    throw error;
  }
}
