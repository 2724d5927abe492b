import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../errors/exit-codes.js';
import { BadLine, verifyChecksum } from './checksum.js';
import { parseRecordHead, type RecordHead } from './record-head.js';
import { encodeWalHeader, WAL_FILE } from './write-ahead-log.js';

const NEWLINE = 0x0a;

/** The records in the write-ahead log of a server that did not stop by itself: those since it began anew, and older ones. */
export class WalRecords {
  /** Lines, with their line breaks, by number: a number that was written here is never another record's. */
  private readonly lines = new Map<number, Buffer>();
  /** The number up to which some line in it says that everything was on the disk. */
  private promised = 0;
  private readonly header: Buffer;

  private constructor(
    private readonly path: string,
    bytes: Buffer,
  ) {
    let start = bytes.indexOf(NEWLINE) + 1;
    this.header = bytes.subarray(0, start);
    for (let end; (end = bytes.indexOf(NEWLINE, start)) >= 0; start = end + 1) {
      const line = bytes.subarray(start, end + 1);
      const head = headIn(line.subarray(0, -1));
      if (!head) continue;
      this.lines.set(head.n, line);
      this.promised = Math.max(this.promised, head.durable);
    }
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

  /** The number of the oldest record of a journal that it has; 0: none of that one. */
  firstOf(journal: string): number {
    return this.isOf(journal) && this.lines.size > 0 ? Math.min(...this.lines.keys()) : 0;
  }

  /** The lines that follow record `n` of a journal, as far as it has them. */
  behind(journal: string, n: number): Buffer[] {
    const found: Buffer[] = [];
    if (!this.isOf(journal)) return found;
    for (let line; (line = this.lines.get(n + 1 + found.length));) found.push(line);
    return found;
  }

  /**
   * The newest record that it speaks of, when a journal that reaches `n` with what `behind` gave it does not lead there; 0
   * when it does. Then the journal is an older one, or another, or was copied while a server wrote to both; or the disk
   * has lost what both should have.
   */
  beyond(journal: string, n: number): number {
    const newest = Math.max(this.promised, ...this.lines.keys());
    return newest > n || !this.isOf(journal) ? newest : 0;
  }

  /** Keeps it under another name, for whoever wants to look. Returns where. */
  async setAside(instant: string): Promise<string> {
    const aside = `${this.path}.unused-${instant}`;
    await rename(this.path, aside);
    return aside;
  }

  private isOf(journal: string): boolean {
    return this.header.equals(encodeWalHeader(journal));
  }
}

/** The head of a record; undefined for a line that is not whole, or holds none. */
function headIn(line: Buffer): RecordHead | undefined {
  try {
    verifyChecksum(line);
    return parseRecordHead(line);
  } catch (error) {
    if (error instanceof BadLine) return undefined;
    throw error;
  }
}
