import { isUtf8 } from 'node:buffer';
import { isKnownType, type JournalRecord, type RecordType, VERSION } from '../../contract/index.js';
import { EXIT, FatalError } from '../../errors/exit-codes.js';
import { BadLine, BODY_START, addChecksum, withoutChecksum } from './checksum.js';

/**
 * The file's format. Every line is JSON and begins `{"crc":"xxxxxxxx",`: CRC-32 (hexadecimal) of the line's bytes
 * after that comma, so the checksum has a fixed place and needs no parsing. Three kinds of lines:
 *
 * - the header, first: the journal's identity and format;
 * - records: with `durable`, the number up to which the journal was known to be on the disk when the line was written,
 *   so that a torn line that nobody was promised differs from damage to acknowledged ones;
 * - the closing mark of a clean stop: nothing before it may be missing.
 */
export type Line =
  | { readonly kind: 'header'; readonly journal: string; readonly at: string }
  | { readonly kind: 'record'; readonly record: JournalRecord; readonly durable: number }
  | { readonly kind: 'closed'; readonly n: number; readonly at: string };

interface Header {
  readonly journal: string;
  readonly format: number;
  readonly at: string;
}
interface ClosingMark {
  readonly closed: number;
  readonly at: string;
}
/** What a line with a matching checksum holds. */
type Content = { readonly crc: string } & (Header | ClosingMark | (JournalRecord & { readonly durable: number }));

const FORMAT = 1;
/** The first members of a record, in the order in which `parseRecordHead` finds them in its line. */
const HEAD: readonly (keyof JournalRecord)[] = ['n', 'at', 'by', 'id', 'type'];

/** Bytes of a header's line, which are always as many. */
export const HEADER_BYTES = encodeHeader('00000000-0000-4000-8000-000000000000', new Date(0).toISOString()).length;

export function encodeHeader(journal: string, at: string): Buffer {
  return addChecksum(withoutChecksum({ journal, format: FORMAT, at }));
}

/**
 * The lines of a batch. `starts` takes in where each of them begins.
 * @param durable the number of the last record that is known to be on the disk
 */
export function encodeRecords(records: readonly JournalRecord[], durable: number, starts: number[] = []): Buffer {
  let lines = '';
  for (const record of records) {
    const line = withoutChecksum(inOrder(record));
    const afterN = line.indexOf(',', BODY_START);
    lines += `${line.slice(0, afterN)},"durable":${durable}${line.slice(afterN)}`;
  }
  return addChecksum(lines, starts);
}

export function encodeClosed(n: number, at: string): Buffer {
  return addChecksum(withoutChecksum({ closed: n, at }));
}

/** The order is part of the format. A record that was made in it, as all are, is not made again. */
function inOrder(record: JournalRecord): JournalRecord {
  let place = 0;
  for (const key in record) {
    if (key !== HEAD[place++]) break;
    if (place === HEAD.length) return record;
  }
  const { n, at, by, id, type, ...rest } = record;
  return { n, at, by, id, type, ...rest } as JournalRecord;
}

/** What a checked line holds. Throws `BadLine`, and `FatalError` (78) for what a later version has written. */
export function decode(bytes: Buffer): Line {
  const content = parse(bytes);
  if ('journal' in content) return header(content);
  if ('closed' in content) return { kind: 'closed', n: content.closed, at: content.at };
  const { crc: _checked, durable, ...record } = content;
  return { kind: 'record', record: { ...record, type: knownType(record.type) } as JournalRecord, durable };
}

function header({ journal, format, at }: Header): Line {
  if (format > FORMAT) throw laterVersion(`does not know that format of a journal (${format})`);
  if (format !== FORMAT) throw new BadLine('there never was that format');
  return { kind: 'header', journal, at };
}

function parse(bytes: Buffer): Content {
  // Asked beforehand, because decoding replaces bad bytes without a word.
  if (!isUtf8(bytes)) throw new BadLine('the line is not UTF-8');
  try {
    return JSON.parse(bytes.toString()) as Content;
  } catch {
    // The checksum matched, so these bytes were written like this: by another program, or by a defect of ours.
    throw new BadLine('the line is not JSON');
  }
}

/** Throws `FatalError` (78) for a type of record that this version cannot apply: passing it over would change the past. */
export function knownType(type: string): RecordType {
  if (!isKnownType(type)) throw laterVersion(`does not know records of the type ${type}`);
  return type;
}

/** No damage, because the checksum matches: what nobody should repair. */
function laterVersion(what: string): FatalError {
  const advice = 'Start that one, or restore a backup from before it. Nothing was changed.';
  return new FatalError(
    EXIT.configuration,
    `This version (${VERSION}) ${what}: a later one has written the journal. ${advice}`,
  );
}
