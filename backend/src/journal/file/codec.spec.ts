import { crc32 } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyRecord, anyText } from '../../../test/journal/any-record.js';
import type { MessagePosted } from '../../contract/index.js';
import { closedLine, headerLine, recordLine } from '../../../test/journal/lines.js';
import { decode, encodeRecords } from './codec.js';
import { BadLine, verifyChecksum } from './checksum.js';

const AT = '2026-01-01T00:00:00.000Z';

function posted(text: string): MessagePosted {
  return { n: 1, at: AT, by: 'ana@acme.com', id: 'a', type: 'message-posted', text };
}

/** The line without its line break, as it is read from the file. */
function bytesOf(line: string): Buffer {
  return Buffer.from(line.slice(0, -1));
}

/** A line with any content and the checksum that belongs to it. */
function sealed(body: Buffer | string): Buffer {
  return Buffer.concat([Buffer.from(`{"crc":"${crc32(body).toString(16).padStart(8, '0')}",`), Buffer.from(body)]);
}

/** The bits of a line that can flip without `verifyChecksum` noticing. */
function bitsThatPass(line: Buffer): number[] {
  return [...Array(line.length * 8).keys()].filter((bit) => {
    const flipped = Buffer.from(line);
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    try {
      verifyChecksum(flipped);
      return true;
    } catch (error) {
      return !(error instanceof BadLine);
    }
  });
}

describe('a line of the journal', () => {
  it('decodes to exactly the encoded record, whatever was typed', () => {
    fc.assert(
      fc.property(anyRecord, fc.nat(), (record, durable) => {
        const line = bytesOf(recordLine(record, durable));
        verifyChecksum(line);
        expect(decode(line)).toEqual({ kind: 'record', record, durable });
      }),
    );
  });

  it('is one line of valid UTF-8 and valid JSON, for `tail` and `jq`', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const line = recordLine(record, 0);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        const text = new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(line));
        expect(JSON.parse(text)).toMatchObject(record);
      }),
    );
  });

  it('is written in the order of the format, however the record was made', () => {
    const { n, at, by, id, type, text } = posted('hola');
    expect(recordLine({ text, type, id, by, at, n }, 7)).toBe(recordLine(posted('hola'), 7));
    expect(recordLine(posted('hola'), 7)).toMatch(/,"n":1,"durable":7,"at":.*,"by":.*,"id":.*,"type":.*,"text":/);
  });

  it('begins where it is said to among those of its batch', () => {
    const texts = ['one', 'ñ 😀', ''];
    const starts: number[] = [];
    const bytes = encodeRecords(texts.map(posted), 0, starts);
    const lines = texts.map((text) => recordLine(posted(text), 0));
    expect(bytes.toString()).toBe(lines.join(''));
    expect(starts.map((start) => bytes.toString('utf8', start).split('\n', 1)[0])).toEqual(
      lines.map((line) => line.slice(0, -1)),
    );
  });

  it('carries its checksum at the same place whatever it holds', () => {
    for (const line of [headerLine('j', AT), recordLine(posted('ñ'), 7), closedLine(1, AT)]) {
      const [, crc = '', body = ''] = /^\{"crc":"([0-9a-f]{8})",(.*)$/.exec(line.slice(0, -1)) ?? [];
      expect(Number.parseInt(crc, 16)).toBe(crc32(body));
    }
  });

  it('says whose journal it is when it is the header', () => {
    const line = bytesOf(headerLine('5c1c6c5e-0000-4000-8000-000000000000', AT));
    verifyChecksum(line);
    expect(decode(line)).toEqual({ kind: 'header', journal: '5c1c6c5e-0000-4000-8000-000000000000', at: AT });
  });

  it('says where it was closed when it is the closing mark', () => {
    const line = bytesOf(closedLine(12, AT));
    verifyChecksum(line);
    expect(decode(line)).toEqual({ kind: 'closed', n: 12, at: AT });
  });
});

describe('a line that was not written like this', () => {
  it('is noticed when any one of its bits has flipped', () => {
    const lines = [headerLine('j', AT), recordLine(posted('ñ 😀'), 7), closedLine(1, AT)].map(bytesOf);
    expect(lines.flatMap(bitsThatPass)).toEqual([]);
  });

  it('is noticed when it is any other bytes at all', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), anyText().map(Buffer.from)), (bytes) => {
        expect(() => verifyChecksum(Buffer.from(bytes))).toThrow('the checksum does not match');
      }),
    );
  });

  it('is refused when it has the right checksum and a type of a later version', () => {
    expect(() => decode(sealed('"n":1,"durable":0,"type":"product-sung"}'))).toThrow(
      expect.objectContaining({
        exitCode: 78,
        message: expect.stringMatching(/does not know records of the type product-sung: a later one/),
      }),
    );
  });

  it('is refused when it has the right checksum and a format of a later version', () => {
    expect(() => decode(sealed('"journal":"j","format":2}'))).toThrow(
      expect.objectContaining({
        exitCode: 78,
        message: expect.stringMatching(/does not know that format of a journal \(2\): a later one/),
      }),
    );
  });

  it('is refused when it has the right checksum and is not UTF-8', () => {
    expect(() => decode(sealed(Buffer.from('"n":1,"type":"message-posted","text":"\xff"}', 'latin1')))).toThrow(
      'UTF-8',
    );
  });

  it('is refused when it has the right checksum and is not JSON', () => {
    expect(() => decode(sealed('"n":1,'))).toThrow('not JSON');
  });
});
