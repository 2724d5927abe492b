import { crc32 } from 'node:zlib';
import { EXIT, FatalError } from '../../errors/exit-codes.js';
import { decode, HEADER_BYTES, type Line } from './codec.js';
import type { Chunk, LogFile } from './log-file.js';
import { BadLine, verifyChecksum } from './checksum.js';
import { parseRecordHead, type RecordHead } from './record-head.js';

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 0x0a;
const NUL = 0x00;
/** Disks fill at least so many bytes, from a multiple of it on, or none. */
const SECTOR_BYTES = 512;

/** How far a journal has been read: up to a place where a line ends. */
export interface Position {
  /** The number of the last record. */
  readonly n: number;
  /** Bytes up to there. */
  readonly size: number;
  /** CRC-32 of all these bytes. */
  readonly crc: number;
}

export const START: Position = { n: 0, size: 0, crc: 0 };

/** What a scan found. */
export interface Scanned extends Position {
  /** Where the records begin that no later line proves to be on the disk. */
  readonly unproven: number;
  /** The bytes after `size`, if any, and why they are not part of the journal. */
  readonly rest?: Rest;
}

/** What follows the last whole line that can be trusted. */
export interface Rest {
  readonly reason: string;
  /** Whether it begins with bytes that never reached the disk, rather than with changed ones. */
  readonly lost: boolean;
  /** The number up to which later lines say that everything was on the disk. */
  readonly promised: number;
  /** How many whole records follow the bytes that are bad. */
  readonly whole: number;
}

/** Whether what follows is a write that was cut off, and nothing after record `n` was acknowledged; else it is damage. */
export function isLoss({ lost, promised }: Rest, n: number): boolean {
  return lost && promised <= n;
}

/** Gets every whole line, in order. */
export interface Visitor {
  record(head: RecordHead, bytes: Buffer, offset: number): void;
  header(journal: string): void;
}

/**
 * Reads the file from a position on and passes every line to the visitor, up to the first that is not as it was written.
 * A line may be missing only at the end, and only where nobody was promised that it is there; all else is damage.
 */
export async function scan(file: LogFile, from: Position, visitor: Visitor): Promise<Scanned> {
  const scanner = new Scanner(from, visitor);
  for await (const chunk of file.chunks(from.size, CHUNK_BYTES)) scanner.read(chunk);
  return scanner.end(file.size);
}

class Scanner {
  private n: number;
  private size: number;
  private crc: number;
  private durable = 0;
  private unproven: number;
  private bad: Rest | undefined;

  constructor(
    from: Position,
    private readonly visitor: Visitor,
  ) {
    ({ n: this.n, size: this.size, crc: this.crc } = from);
    this.unproven = from.size;
  }

  read({ bytes, offset }: Chunk): void {
    for (let start = 0; start < bytes.length;) {
      const end = bytes.indexOf(NEWLINE, start);
      this.line(bytes.subarray(start, end < 0 ? bytes.length : end), offset + start, end >= 0);
      start = end < 0 ? bytes.length : end + 1;
    }
    if (this.size > offset) this.crc = crc32(bytes.subarray(0, this.size - offset), this.crc);
  }

  end(fileSize: number): Scanned {
    const { n, size, crc, unproven, bad } = this;
    if (!bad) return { n, size, crc, unproven };
    // The header is on the disk before anything else is written: with more after it, it was never cut off.
    const lost = bad.lost && (size > 0 || fileSize <= HEADER_BYTES);
    return { n, size, crc, unproven, rest: { ...bad, lost } };
  }

  private line(bytes: Buffer, offset: number, whole: boolean): void {
    try {
      if (!whole) throw new BadLine('the line is not complete');
      verifyChecksum(bytes);
      if (this.bad) this.afterBad(bytes);
      else this.take(bytes, offset);
    } catch (error) {
      // Anything else than a bad line is a defect of the program and must stop it.
      if (!(error instanceof BadLine)) throw error;
      // A write that was cut off ends early, or left sectors that were never filled.
      this.bad ??= { reason: error.message, lost: !whole || hasHole(bytes, offset), promised: 0, whole: 0 };
    }
  }

  private take(bytes: Buffer, offset: number): void {
    const head = parseRecordHead(bytes);
    if (head) this.takeRecord(head, bytes, offset);
    else this.takeMark(decode(bytes), offset);
    this.size = offset + bytes.length + 1;
  }

  private takeRecord(head: RecordHead, bytes: Buffer, offset: number): void {
    if (offset === 0) throw new BadLine('the header is missing');
    if (head.n !== this.n + 1) throw new BadLine(`record ${head.n} follows record ${this.n}`);
    if (head.durable > this.durable) {
      this.durable = head.durable;
      this.unproven = offset;
    }
    this.n = head.n;
    this.visitor.record(head, bytes, offset);
  }

  private takeMark(line: Line, offset: number): void {
    if ((line.kind === 'header') !== (offset === 0)) throw new BadLine('only the first line is the header');
    if (line.kind === 'header') this.visitor.header(line.journal);
    else if (line.kind === 'closed' && line.n !== this.n) throw new BadLine(`closed at ${line.n}, not at ${this.n}`);
    else this.unproven = offset;
  }

  /** After a bad line a whole one may only be of the same write: it must not promise that the bad one was durable. */
  private afterBad(bytes: Buffer): void {
    const head = parseRecordHead(bytes);
    const mark = head ? undefined : decode(bytes);
    const promised = head?.durable ?? (mark?.kind === 'closed' ? mark.n : 0);
    if (!this.bad) return;
    const { whole } = this.bad;
    this.bad = { ...this.bad, promised: Math.max(this.bad.promised, promised), whole: whole + (head ? 1 : 0) };
  }
}

/** Whether zeros reach up to the end of a sector; one that stands alone is a flipped bit. */
function hasHole(bytes: Buffer, offset: number): boolean {
  const start = bytes.indexOf(NUL);
  if (start < 0) return false;
  const length = bytes.subarray(start).findIndex((byte) => byte !== NUL);
  // The line's own break may be all of it that is in the next sector.
  const end = length < 0 ? bytes.length : start + length;
  return (offset + end) % SECTOR_BYTES === 0;
}

/** The sentence for the owner about damage that a start found. */
export function damageFound(path: string, { n, size, rest }: Scanned): FatalError {
  const before = n > 0 ? `after record ${n}` : 'after its first line';
  const place = size > 0 ? `byte ${size} (${before})` : 'byte 0 (its first line)';
  return damaged(path, place, rest?.reason ?? 'unknown');
}

/**
 * The sentence for the owner about a journal that ends before what a checkpoint was made of. Each is synced before the checkpoint, so no
 * crash does that. No reason to refuse the start: nobody could tell it from a copy that was made while a server wrote.
 */
export function lossFound(last: number, known: number): string {
  const found = `The journal ends with record ${last}, but its checkpoint was made of one with record ${known}`;
  return `${found}: what was acknowledged is missing. Restore a backup that has it. Only in a copy that was made while a server wrote, nothing is missing.`;
}

/** The sentence for the owner about damage; exit code 65. */
export function damaged(path: string, place: string, reason: string): FatalError {
  return new FatalError(EXIT.damaged, `The journal ${path} is damaged at ${place}: ${reason}. Nothing was changed.`);
}
