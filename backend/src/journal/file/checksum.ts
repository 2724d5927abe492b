import { crc32 } from 'node:zlib';

/** How a line begins before its checksum is known. */
const BLANK = '{"crc":"00000000",';
const FRAME = Buffer.from(BLANK);
const CRC_START = '{"crc":"'.length;
const CRC_END = CRC_START + 8;
/** Where the bytes begin that the checksum is of. */
export const BODY_START = BLANK.length;
const HEXADECIMAL = Buffer.from('0123456789abcdef');
/** What each byte is worth as a hexadecimal digit. */
const DIGITS = Float64Array.from({ length: 256 }, (_, byte) =>
  HEXADECIMAL.includes(byte) ? HEXADECIMAL.indexOf(byte) : NaN,
);
const NEWLINE = 0x0a;

/** A line that is not what this journal writes; the message says why. */
export class BadLine extends Error {
  override readonly name = 'BadLine';
}

/** A line, with its line break, whose checksum is still to be filled in. */
export function withoutChecksum(content: object): string {
  return `${BLANK}${JSON.stringify(content).slice(1)}\n`;
}

/**
 * Fills in the checksums of lines, all in one piece of memory: a string for each would take twice as long. `starts` takes in
 * where each line begins.
 */
export function addChecksum(lines: string, starts: number[] = []): Buffer {
  const bytes = Buffer.from(lines);
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(NEWLINE, start);
    let crc = crc32(bytes.subarray(start + BODY_START, end));
    for (let place = start + CRC_END - 1; place >= start + CRC_START; place--) {
      bytes[place] = HEXADECIMAL[crc & 0xf] ?? 0;
      crc >>>= 4;
    }
    starts.push(start);
    start = end + 1;
  }
  return bytes;
}

/** Throws `BadLine` unless the line (without its line break) begins as its checksum wants it. */
export function verifyChecksum(bytes: Buffer): void {
  if (!isFramed(bytes) || statedCrc(bytes) !== crc32(bytes.subarray(BODY_START))) {
    throw new BadLine('the checksum does not match');
  }
}

/** Whether everything of a line's beginning but its checksum is as always. Byte by byte: a start asks it a million times. */
function isFramed(bytes: Buffer): boolean {
  for (let place = 0; place < BODY_START; place++) {
    if (bytes[place] !== FRAME[place] && (place < CRC_START || place >= CRC_END)) return false;
  }
  return true;
}

/** The checksum that a line carries; NaN for what is no eight hexadecimal digits, small letters. */
function statedCrc(bytes: Buffer): number {
  let crc = 0;
  for (let place = CRC_START; place < CRC_END; place++) crc = crc * 16 + (DIGITS[bytes[place] ?? 0] ?? NaN);
  return crc;
}
