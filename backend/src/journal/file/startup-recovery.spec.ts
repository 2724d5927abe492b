import { beforeAll, describe, expect, it } from '@jest/globals';
import { crc32 } from 'node:zlib';
import { folderWith, journalPath } from '../../../test/journal/folders.js';
import type { MessagePosted } from '../../contract/index.js';
import { closedLine, headerLine, recordLine } from '../../../test/journal/lines.js';
import { LogFile } from './log-file.js';
import { damageFound, type Position, scan, START } from './scan.js';

const AT = '2026-01-01T00:00:00.000Z';
const HEADER = headerLine('00000000-0000-4000-8000-000000000000', AT);

/** The line of a record, longer than any other, with what was known to be on the disk when it was written. */
function line(n: number, durable: number, text = `message ${n}`): string {
  const record: MessagePosted = { n, at: AT, by: 'ana@acme.com', id: `id-${n}`, type: 'message-posted', text };
  return recordLine(record, durable);
}

/** Scans lines from a position on; returns the result and the arguments of each call of the visitor. */
async function scanned(lines: readonly string[], from: Position = START) {
  const file = await LogFile.view(journalPath(await folderWith(Buffer.from(lines.join('')))));
  const visited: (string | number)[] = [];
  const found = await scan(file, from, {
    header: (journal) => visited.push(journal),
    record: ({ n }, _bytes, offset) => visited.push(n, offset),
  });
  await file.close();
  return { ...found, visited };
}

const sizeOf = (...lines: string[]) => Buffer.byteLength(lines.join(''));

describe('a scan', () => {
  const lines = [HEADER, line(1, 0), line(2, 1, 'ñ'), line(3, 1)];
  let whole: Awaited<ReturnType<typeof scanned>>;
  beforeAll(async () => {
    whole = await scanned(lines);
  });

  it('visits the header, and each record with its position, in order', () => {
    const [header, first, second] = lines as [string, string, string];
    expect(whole.visited).toEqual([
      '00000000-0000-4000-8000-000000000000',
      1,
      sizeOf(header),
      2,
      sizeOf(header, first),
      3,
      sizeOf(header, first, second),
    ]);
  });

  it('returns the end of the journal, and the checksum up to there', () => {
    expect(whole).toMatchObject({ n: 3, size: sizeOf(...lines), crc: crc32(lines.join('')) });
    expect(whole.rest).toBeUndefined();
  });

  it('returns the same result from any line on as from the start', async () => {
    for (let count = 1; count <= lines.length; count++) {
      const before = lines.slice(0, count);
      const from = { n: count - 1, size: sizeOf(...before), crc: crc32(before.join('')) };
      const { n, size, crc, visited } = await scanned(lines, from);
      expect({ n, size, crc }).toEqual({ n: whole.n, size: whole.size, crc: whole.crc });
      expect(visited).toEqual(whole.visited.slice(1 + 2 * (count - 1)));
    }
  });

  it('includes only complete lines in the checksum', async () => {
    const torn = await scanned([...lines, 'half of a li']);
    expect(torn).toMatchObject({ n: 3, size: whole.size, crc: whole.crc, rest: { lost: true, promised: 0 } });
  });
});

describe('what no later line proves to be on the disk', () => {
  it.each([
    ['all of a journal with one batch', [HEADER, line(1, 0), line(2, 0)], 0],
    ['the last batch', [HEADER, line(1, 0), line(2, 1), line(3, 1)], 2],
    ['only the closing mark after a clean stop', [HEADER, line(1, 0), closedLine(1, AT)], 2],
    ['the batch after a closing mark', [HEADER, line(1, 0), closedLine(1, AT), line(2, 1)], 3],
  ] as const)('is %s', async (_what, lines, first) => {
    expect((await scanned(lines)).unproven).toBe(sizeOf(...lines.slice(0, first)));
  });
});

describe('a bad line', () => {
  const bad = line(2, 1).replace('message', 'massage');

  it('is damage when a record after it says that it was on the disk', async () => {
    const found = await scanned([HEADER, line(1, 0), line(2, 1).slice(0, -9) + '\0'.repeat(8) + '\n', line(3, 2)]);
    expect(found).toMatchObject({ n: 1, size: sizeOf(HEADER, line(1, 0)), rest: { promised: 2 } });
  });

  it('is damage when a closing mark after it says that it was on the disk', async () => {
    const found = await scanned([HEADER, line(1, 0), bad, closedLine(2, AT)]);
    expect(found).toMatchObject({ n: 1, rest: { promised: 2, reason: 'the checksum does not match' } });
  });

  it('is reported to the owner with the byte where it begins, in one sentence', async () => {
    const sentenceOf = async (...lines: string[]) => damageFound('some/journal.jsonl', await scanned(lines)).message;
    const start = 'The journal some/journal.jsonl is damaged at';
    const end = 'the checksum does not match. Nothing was changed.';
    expect(await sentenceOf(HEADER, line(1, 0), bad)).toBe(
      `${start} byte ${sizeOf(HEADER, line(1, 0))} (after record 1): ${end}`,
    );
    expect(await sentenceOf(HEADER, bad)).toBe(`${start} byte ${sizeOf(HEADER)} (after its first line): ${end}`);
    expect(await sentenceOf(bad)).toBe(`${start} byte 0 (its first line): ${end}`);
  });

  it('is reported with its reason', async () => {
    const reasonOf = async (...lines: string[]) => (await scanned(lines)).rest?.reason;
    expect(await reasonOf(HEADER, line(2, 0))).toBe('record 2 follows record 0');
    expect(await reasonOf(line(1, 0))).toBe('the header is missing');
    expect(await reasonOf(HEADER, HEADER)).toBe('only the first line is the header');
    expect(await reasonOf(HEADER, line(1, 0), closedLine(2, AT))).toBe('closed at 2, not at 1');
    expect(await reasonOf(HEADER, line(1, 0).slice(0, -1))).toBe('the line is not complete');
  });
});
