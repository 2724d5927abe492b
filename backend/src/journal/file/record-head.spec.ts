import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyRecord } from '../../../test/journal/any-record.js';
import type { JournalRecord } from '../../contract/index.js';
import { closedLine, headerLine, recordLine } from '../../../test/journal/lines.js';
import { decode } from './codec.js';
import { bodyBegins, parseRecordHead } from './record-head.js';

const AT = '2026-01-01T00:00:00.000Z';
const posted: JournalRecord = { n: 3, at: AT, by: 'ana@acme.com', id: 'a', type: 'message-posted', text: 'hola' };

const bytesOf = (line: string) => Buffer.from(line.slice(0, -1));

/** What a parsed head must say, taken from the line as it is decoded. */
function headOf(line: Buffer) {
  const { n, type, by, id } = decodedRecord(line);
  // A lone surrogate has no UTF-8 of its own; JSON escapes it.
  const { durable } = decode(line) as { readonly durable: number };
  return { n, durable, type, by, command: id };
}

function decodedRecord(line: Buffer): JournalRecord {
  const decoded = decode(line);
  if (decoded.kind !== 'record') throw new Error('not a record');
  return decoded.record;
}

describe('the head of a line', () => {
  it('is what decoding the line finds, for every record', () => {
    fc.assert(
      fc.property(anyRecord, fc.nat(), (record, durable) => {
        const line = bytesOf(recordLine(record, durable));
        const head = parseRecordHead(line)!;
        expect(head).toMatchObject(headOf(line));
        const first = Object.keys(decodedRecord(line))[5]!;
        expect(bodyBegins(line, head, first)).toBe(true);
        expect(bodyBegins(line, head, first.slice(1))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['quotes', '"ana \\"the\\" boss"@acme.com'],
    ['backslashes', 'ana\\\\@acme.com\\'],
    ['what looks like the next field', 'ana","id":"b","type":"message-deleted"@acme.com'],
    ['letters of two, three and four bytes', 'peñaロ😀@acme.com'],
    ['254 characters of six bytes each', '\u0001'.repeat(254)],
  ])('is not misled by an e-mail with %s', (_what, by) => {
    const line = bytesOf(recordLine({ ...posted, by }, 2));
    expect(parseRecordHead(line)).toMatchObject({ n: 3, durable: 2, type: 'message-posted', by, command: 'a' });
  });

  it('finds no record in a header or a closing mark', () => {
    expect(parseRecordHead(bytesOf(headerLine('j', AT)))).toBeUndefined();
    expect(parseRecordHead(bytesOf(closedLine(3, AT)))).toBeUndefined();
  });

  it('refuses a type that this version does not know', () => {
    const line = recordLine(posted, 0).replace('message-posted', 'message-sung');
    expect(() => parseRecordHead(bytesOf(line))).toThrow('does not know records of the type message-sung');
  });
});
