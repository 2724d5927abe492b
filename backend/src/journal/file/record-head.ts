import type { RecordType } from '../../contract/index.js';
import { knownType } from './codec.js';
import { BODY_START } from './checksum.js';

/** The head of a record as its line shows it without being parsed. */
export interface RecordHead {
  readonly n: number;
  readonly durable: number;
  readonly type: RecordType;
  /** E-mail of the member. */
  readonly by: string;
  /** The id of its command, which is a UUID and stands in the line as it is. */
  readonly command: string;
  /** Where the first member of its body stands in the line. */
  readonly body: number;
}

const N = Buffer.from('"n":');
const N_START = BODY_START + N.length;
const DURABLE = ',"durable":'.length;
const BY = ',"at":"2026-01-01T00:00:00.000Z","by":"'.length;
const ID = '","id":"'.length;
const TYPE = '","type":"'.length;
const [COMMA, QUOTE, BACKSLASH, ZERO] = [0x2c, 0x22, 0x5c, 0x30];

/** The type of the record before, as bytes and as text: most lines are of the same few types. */
let lastType: { readonly bytes: Buffer; readonly type: RecordType } | undefined;

/**
 * The head of a checked line, or undefined when it is no record. It relies on the order in which `encodeRecords` writes, and
 * goes byte by byte, because a start reads a million heads.
 */
export function parseRecordHead(bytes: Buffer): RecordHead | undefined {
  for (let place = 0; place < N.length; place++) if (bytes[BODY_START + place] !== N[place]) return undefined;
  const nEnd = numberEnd(bytes, N_START);
  const durableEnd = numberEnd(bytes, nEnd + DURABLE);
  const byEnd = textEnd(bytes, durableEnd + BY);
  const idEnd = textEnd(bytes, byEnd + ID);
  const type = typeAt(bytes, idEnd + TYPE);
  return {
    n: digits(bytes, N_START, nEnd),
    durable: digits(bytes, nEnd + DURABLE, durableEnd),
    type,
    by: textAt(bytes, durableEnd + BY, byEnd),
    command: bytes.toString('latin1', byEnd + ID, idEnd),
    body: idEnd + TYPE + type.length + '",'.length,
  };
}

/** Whether the first member of a record's body is that one. */
export function bodyBegins(bytes: Buffer, { body }: RecordHead, member: string): boolean {
  return bytes.toString('latin1', body, body + member.length + 2) === `"${member}"`;
}

function digits(bytes: Buffer, start: number, end: number): number {
  let number = 0;
  for (let place = start; place < end; place++) number = number * 10 + ((bytes[place] ?? NaN) - ZERO);
  return number;
}

function numberEnd(bytes: Buffer, start: number): number {
  let place = start;
  while (place < bytes.length && bytes[place] !== COMMA) place++;
  return place;
}

/** Where the quotation mark stands that ends the text that begins there. */
function textEnd(bytes: Buffer, start: number): number {
  let place = start;
  while (place < bytes.length && bytes[place] !== QUOTE) place += bytes[place] === BACKSLASH ? 2 : 1;
  return place;
}

/** A text that may be escaped as JSON wants it; nearly none is. */
function textAt(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start, end);
  return text.includes('\\') ? (JSON.parse(`"${text}"`) as string) : text;
}

function typeAt(bytes: Buffer, start: number): RecordType {
  const length = lastType?.bytes.length ?? 0;
  if (lastType && bytes[start + length] === QUOTE && isAt(lastType.bytes, bytes, start)) return lastType.type;
  const end = textEnd(bytes, start);
  const type = knownType(bytes.toString('latin1', start, end));
  lastType = { bytes: Buffer.from(bytes.subarray(start, end)), type };
  return type;
}

function isAt(piece: Buffer, bytes: Buffer, start: number): boolean {
  for (let place = 0; place < piece.length; place++) if (bytes[start + place] !== piece[place]) return false;
  return true;
}
