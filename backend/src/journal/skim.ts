import type { RecordType } from '../contract/index.js';
import { knownType } from './codec.js';

/** The head of a record as its line shows it without being parsed. */
export interface Skimmed {
  readonly n: number;
  readonly durable: number;
  readonly type: RecordType;
  /** The id of its command, which is a UUID and stands in the line as it is. */
  readonly command: string;
}

const N_START = '{"crc":"xxxxxxxx","n":'.length;
const DURABLE = ',"durable":'.length;
const AT = ',"at":"2026-01-01T00:00:00.000Z",'.length;
/** Bytes in which the head of a record stands: an e-mail of 254 characters may take six bytes each, escaped. */
const HEAD_BYTES = 2_048;

/**
 * The head of a checked line, or undefined when it is no record. Reading a million heads takes a third of the time of
 * parsing a million lines; it relies on the order in which `encodeRecord` writes.
 */
export function skim(bytes: Buffer): Skimmed | undefined {
  const head = bytes.toString('latin1', 0, HEAD_BYTES);
  if (!head.startsWith('"n":', N_START - 4)) return undefined;
  const nEnd = head.indexOf(',', N_START);
  const durableEnd = head.indexOf(',', nEnd + DURABLE);
  const id = head.indexOf(',"id":"', durableEnd + AT);
  const type = head.indexOf(',"type":"', id);
  const typeStart = type + ',"type":"'.length;
  return {
    n: Number(head.slice(N_START, nEnd)),
    durable: Number(head.slice(nEnd + DURABLE, durableEnd)),
    type: knownType(head.slice(typeStart, head.indexOf('"', typeStart))),
    command: head.slice(id + ',"id":"'.length, type - 1),
  };
}
