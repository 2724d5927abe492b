import type { JournalRecord } from '../contract/index.js';
import { decode, type Line } from './codec.js';
import type { LogFile } from './log-file.js';
import type { NumberList } from './number-list.js';
import { damaged } from './scan.js';
import { BadLine, verifyChecksum } from './checksum.js';

/** Bytes that one read may span: neighbouring records are fetched together. */
const READ_SPAN_BYTES = 256 * 1_024;
const NEWLINE = 0x0a;

/** Finds stored records by number. Each is checked when it is read, so that damage which appears later is never shown. */
export class RecordReader {
  /** @param offsets byte offset of each record; record `n` at index `n - 1` */
  constructor(
    private readonly path: string,
    private readonly file: LogFile,
    private readonly offsets: NumberList,
  ) {}

  /** Records in the order asked for; ascending neighbours cost one read. Throws `FatalError` (65) when one is damaged. */
  async read(numbers: readonly number[]): Promise<JournalRecord[]> {
    const records: JournalRecord[] = [];
    while (records.length < numbers.length) {
      const start = this.startOf(numbers[records.length]);
      let until = records.length + 1;
      while (until < numbers.length && this.isNear(start, numbers[until - 1], numbers[until])) until++;
      const run = numbers.slice(records.length, until);
      const bytes = await this.file.read(start, this.endOf(run.at(-1)) - start);
      for (const n of run) records.push(this.checked(n, lineAt(bytes, this.startOf(n) - start)));
    }
    return records;
  }

  /** The last instant in the file, which its last record or a mark behind that has. */
  async newestInstant(): Promise<string> {
    const start = this.offsets.at(this.offsets.length - 1) ?? 0;
    const bytes = await this.file.read(start, this.file.size - start);
    let newest = '';
    for (let from = 0; from < bytes.length;) {
      const line = lineAt(bytes, from);
      const at = instantOf(decode(line));
      if (at > newest) newest = at;
      from += line.length + 1;
    }
    return newest;
  }

  private checked(n: number, line: Buffer): JournalRecord {
    try {
      verifyChecksum(line);
      const record = recordIn(line);
      // A disk can also give back whole lines from another place.
      if (record.n !== n) throw new BadLine(`record ${record.n} stands there`);
      return record;
    } catch (error) {
      if (!(error instanceof BadLine)) throw error;
      throw damaged(this.path, `byte ${this.startOf(n)} (record ${n})`, error.message);
    }
  }

  private isNear(start: number, previous = 0, next = 0): boolean {
    return next > previous && this.endOf(next) - start <= READ_SPAN_BYTES;
  }

  private startOf(n = 0): number {
    const offset = this.offsets.at(n - 1);
    if (offset === undefined) throw new RangeError(`there is no record ${n}`);
    return offset;
  }

  private endOf(n = 0): number {
    return this.offsets.at(n) ?? this.file.size;
  }
}

/** The record in a checked line. Throws `BadLine`. */
export function recordIn(line: Buffer): JournalRecord {
  const decoded = decode(line);
  if (decoded.kind !== 'record') throw new BadLine('there is no record in that line');
  return decoded.record;
}

function lineAt(bytes: Buffer, from: number): Buffer {
  const end = bytes.indexOf(NEWLINE, from);
  return bytes.subarray(from, end < 0 ? bytes.length : end);
}

function instantOf(line: Line): string {
  return line.kind === 'record' ? line.record.at : line.at;
}
