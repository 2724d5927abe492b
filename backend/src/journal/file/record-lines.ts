import type { JournalRecord } from '../../contract/index.js';
import type { NumberList } from '../number-list.js';
import type { StoredRecord } from '../record-store.js';
import { BadLine, verifyChecksum } from './checksum.js';
import { decode, type Line } from './codec.js';
import type { LogFile } from './log-file.js';
import { bodyBegins, type RecordHead } from './record-head.js';
import { damaged } from './scan.js';

/** Bytes that one read may span. */
const READ_SPAN_BYTES = 256 * 1_024;
const NEWLINE = 0x0a;

/**
 * Records `from` to `to`, both included. Each is checked when it is read, so that damage which appears after the start is
 * never shown: throws `FatalError` (65).
 * @param offsets byte offset of each record; record `n` at index `n - 1`
 */
export async function readRecords(
  file: LogFile,
  offsets: NumberList,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<JournalRecord[]> {
  if (from < 1 || to > offsets.length) throw new RangeError(`there are no records ${from} to ${to}`);
  const records: JournalRecord[] = [];
  const startOf = (n: number): number => offsets.at(n - 1) ?? file.size;
  for (let first = from; first <= to;) {
    const start = startOf(first);
    let last = first;
    while (last < to && startOf(last + 2) - start <= READ_SPAN_BYTES) last++;
    const bytes = await file.read(start, startOf(last + 1) - start);
    for (; first <= last; first++) {
      try {
        records.push(checked(first, lineAt(bytes, startOf(first) - start)));
      } catch (error) {
        if (!(error instanceof BadLine)) throw error;
        throw damaged(file.path, `byte ${startOf(first)} (record ${first})`, error.message);
      }
    }
  }
  return records;
}

/** The last instant in the file, which its last record or a mark after that has; empty where there is nothing. */
export async function newestInstantIn(file: LogFile, offsets: NumberList): Promise<string> {
  const start = offsets.at(offsets.length - 1) ?? 0;
  const bytes = await file.read(start, file.size - start);
  let newest = '';
  for (let from = 0; from < bytes.length;) {
    const line = lineAt(bytes, from);
    const at = instantOf(decode(line));
    if (at > newest) newest = at;
    from += line.length + 1;
  }
  return newest;
}

/** The instant of a checked line. */
export function instantIn(line: Buffer): string {
  return instantOf(decode(line));
}

/** The record of a checked line as the start meets it. It is read once for all who ask. */
export function storedRecord(head: RecordHead, line: Buffer): StoredRecord {
  let whole: JournalRecord | undefined;
  return {
    ...head,
    begins: (member) => bodyBegins(line, head, member),
    read: () => (whole ??= recordIn(line)),
  };
}

/** The record in a checked line. Throws `BadLine`. */
export function recordIn(line: Buffer): JournalRecord {
  const decoded = decode(line);
  if (decoded.kind !== 'record') throw new BadLine('there is no record in that line');
  return decoded.record;
}

/** Throws `BadLine` unless the line is whole and holds record `n`: a disk can also return lines from another place. */
function checked(n: number, line: Buffer): JournalRecord {
  verifyChecksum(line);
  const record = recordIn(line);
  if (record.n !== n) throw new BadLine(`record ${record.n} stands there`);
  return record;
}

function lineAt(bytes: Buffer, from: number): Buffer {
  const end = bytes.indexOf(NEWLINE, from);
  return bytes.subarray(from, end < 0 ? bytes.length : end);
}

function instantOf(line: Line): string {
  return line.kind === 'record' ? line.record.at : line.at;
}
