import { open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { folderWith, journalBytes, journalPath, linesOf, newFolder, storedIn } from '../../../test/journal/folders.js';
import { TestJournal } from '../../../test/journal/test-journal.js';
import type { JournalRecord } from '../../contract/index.js';
import { FatalError } from '../../errors/exit-codes.js';
import { LogFile } from './log-file.js';
import { FileRecordStore } from './file-record-store.js';
import { scan, START } from './scan.js';

/** A journal as bytes, and what it holds. */
interface Original {
  readonly bytes: Buffer;
  readonly lines: readonly Buffer[];
  readonly records: readonly JournalRecord[];
}

/** The result of a start on a damaged journal: it continues with some records, or refuses at a byte. */
type Outcome =
  | { readonly records: readonly JournalRecord[]; readonly aside: string | undefined }
  | { readonly exit: number; readonly offset: number };

const CLOCK = () => '2026-01-01T00:00:00.000Z';

/** Killed while running: no later line proves that its last batch (f, g, h) was synced. */
let killed: Original;
/** Stopped cleanly twice: a closing mark in the middle and one at the end. */
let closed: Original;

beforeAll(async () => {
  const folder = await newFolder();
  const first = await TestJournal.open(folder, { clock: CLOCK });
  await first.postAll(['a']);
  await first.postAll(['b', 'c']);
  await first.stop();
  const second = await TestJournal.open(folder, { clock: CLOCK });
  await second.postAll(['d', 'e']);
  await second.postAll(['f', 'ñ', 'h']);
  killed = await originalIn(folder);
  await second.stop();
  closed = await originalIn(folder);
});

async function originalIn(folder: string): Promise<Original> {
  const bytes = await journalBytes(folder);
  const records = (await storedIn(folder)).map(({ n, at, by, id, type, ...rest }) => {
    const { crc: _crc, durable: _durable, ...body } = rest as typeof rest & { crc: string; durable: number };
    return { n, at, by, id, type, ...body } as JournalRecord;
  });
  return { bytes, lines: linesOf(bytes), records };
}

/** Starts on these bytes, below the journal: its index for a million commands would take most of the time. */
async function start(bytes: Buffer): Promise<Outcome> {
  const folder = await folderWith(bytes);
  const store = new FileRecordStore({ folder, clock: CLOCK, syncInlineLimitMs: 0 });
  try {
    await store.recover(() => undefined, []);
    const records = await store.read(1, store.last);
    const aside = (await readdir(folder)).find((name) => name.includes('.torn-'));
    return { records, aside: aside && (await readFile(join(folder, aside), 'latin1')) };
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    const [, offset] =
      /^The journal .+ is damaged at byte (\d+) \(.+\): .+\. Nothing was changed\.$/.exec(error.message) ?? [];
    expect(await journalBytes(folder)).toEqual(bytes);
    return { exit: error.exitCode, offset: Number(offset) };
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
  }
}

/** The first `count` records are there, and these bytes were kept aside. */
function repaired({ records }: Original, count: number, aside: Buffer): Outcome {
  return { records: records.slice(0, count), aside: aside.length > 0 ? aside.toString('latin1') : undefined };
}

const whole = (original: Original, count = original.records.length) => repaired(original, count, Buffer.alloc(0));
const refused = (offset: number): Outcome => ({ exit: 65, offset });

/** Where each line begins, and at last where the file ends. */
function startsOf(lines: readonly Buffer[]): number[] {
  let at = 0;
  return [0, ...lines.map((line) => (at += line.length))];
}

/** Where the line begins that a byte is in. */
function lineStart(lines: readonly Buffer[], byte: number): number {
  return startsOf(lines).findLast((start) => start <= byte)!;
}

const isRecord = (line: Buffer) => line.includes('"n":');

/** Bytes before, from which only whole lines can be kept, and how many records these are. */
function keptBefore({ bytes, lines }: Original, byte: number) {
  const size = lineStart(lines, byte);
  return { size, count: linesOf(bytes.subarray(0, size)).filter(isRecord).length };
}

/** Where the last batch begins. */
function lastBatch({ lines }: Original): number {
  return startsOf(lines).at(lines.findLastIndex((line) => line.includes('"durable":5')) - 2)!;
}

async function expectOutcomes(cases: Iterable<{ bytes: Buffer; what: unknown; outcome: Outcome }>): Promise<void> {
  const wrong: unknown[] = [];
  let count = 0;
  for (const { bytes, what, outcome } of cases) {
    const found = await start(bytes);
    if (JSON.stringify(found) !== JSON.stringify(outcome)) wrong.push({ what, found, outcome });
    count++;
  }
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(count).toBeGreaterThan(0);
}

describe('a journal that was cut', () => {
  it('keeps every whole line and puts the rest of its last batch aside, at every byte', async () => {
    const from = lastBatch(killed);
    await expectOutcomes(
      [...killed.bytes.keys()].slice(from).map((end) => {
        const { size, count } = keptBefore(killed, end);
        const bytes = killed.bytes.subarray(0, end);
        return { bytes, what: end, outcome: repaired(killed, count, bytes.subarray(size)) };
      }),
    );
  });

  it('misses no record when only its closing mark was cut', async () => {
    const from = closed.bytes.length - closed.lines.at(-1)!.length;
    await expectOutcomes(
      [...closed.bytes.keys()].slice(from).map((end) => {
        const bytes = closed.bytes.subarray(0, end);
        return { bytes, what: end, outcome: repaired(closed, closed.records.length, bytes.subarray(from)) };
      }),
    );
  });

  it('begins anew when not even its header was finished', async () => {
    const header = killed.lines[0]!;
    await expectOutcomes(
      [...header.keys()].map((end) => {
        const bytes = header.subarray(0, end);
        return { bytes, what: end, outcome: repaired(killed, 0, bytes) };
      }),
    );
  });
});

describe('a journal with pages that were never filled', () => {
  it('keeps what is before them, wherever in its last batch they begin', async () => {
    const from = lastBatch(killed);
    await expectOutcomes(
      [...killed.bytes.keys()].slice(from).map((zero) => {
        const { size, count } = keptBefore(killed, zero);
        const bytes = Buffer.from(killed.bytes).fill(0, zero);
        return { bytes, what: zero, outcome: repaired(killed, count, bytes.subarray(size)) };
      }),
    );
  });

  it('misses nothing when they are after its last line', async () => {
    for (const { bytes, what, outcome } of [1, 511, 4_096, 70_000].map((length) => ({
      bytes: Buffer.concat([killed.bytes, Buffer.alloc(length)]),
      what: length,
      outcome: repaired(killed, killed.records.length, Buffer.alloc(length)),
    }))) {
      await expectOutcomes([{ bytes, what, outcome }]);
    }
  });

  it('keeps what is before a page in the middle of its last batch, and refuses one in the middle of earlier ones', async () => {
    const folder = await newFolder();
    const journal = await TestJournal.open(folder, { clock: CLOCK });
    await journal.postAll(Array.from({ length: 20 }, (_, index) => `first ${index}`));
    await journal.postAll(Array.from({ length: 20 }, (_, index) => `second ${index}`));
    const original = await originalIn(folder);
    await journal.stop();
    const middle = startsOf(original.lines)[21]!;
    const sectors = Array.from({ length: Math.floor(original.bytes.length / 512) }, (_, index) => index * 512);
    await expectOutcomes(
      sectors.slice(1).map((sector) => {
        const { size, count } = keptBefore(original, sector);
        const bytes = Buffer.from(original.bytes).fill(0, sector, sector + 512);
        return {
          bytes,
          what: sector,
          outcome: sector < middle ? refused(size) : repaired(original, count, bytes.subarray(size)),
        };
      }),
    );
  });

  it('is refused when they take its header, because that was on the disk before anything else', async () => {
    await expectOutcomes(
      [0, 1, 50, killed.lines[0]!.length - 1].map((zero) => ({
        bytes: Buffer.from(killed.bytes).fill(0, zero),
        what: zero,
        outcome: refused(0),
      })),
    );
  });
});

describe('a journal in which a bit has flipped', () => {
  it.each(['killed', 'closed'])('is read up to the line that it is in, whichever bit it is (%s)', async (which) => {
    const { bytes, lines } = which === 'killed' ? killed : closed;
    const path = journalPath(await folderWith(bytes));
    const [writer, file] = await Promise.all([open(path, 'r+'), LogFile.view(path)]);
    const wrong: unknown[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const byte = bit >> 3;
      await writer.write(Uint8Array.of(bytes[byte]! ^ (1 << (bit & 7))), 0, 1, byte);
      const { size, rest } = await scan(file, START, { header: () => undefined, record: () => undefined });
      await writer.write(bytes, byte, 1, byte);
      // Without its last line break the file ends like one whose last write was cut off.
      const torn = byte === bytes.length - 1;
      if (size !== lineStart(lines, byte) || rest?.lost !== torn) wrong.push({ bit, size, rest });
    }
    await Promise.all([writer.close(), file.close()]);
    expect(wrong).toEqual([]);
  });

  it('is refused with the byte where that line begins, and left as it is', async () => {
    const some = [...killed.bytes.keys()].slice(0, -1).filter((byte) => byte % 7 === 0);
    await expectOutcomes(
      some.map((byte) => {
        const bytes = Buffer.from(killed.bytes);
        bytes[byte]! ^= 1 << (byte & 7);
        return { bytes, what: byte, outcome: refused(lineStart(killed.lines, byte)) };
      }),
    );
  });

  it('loses nothing but its last line when that has lost its end', async () => {
    const bytes = Buffer.from(killed.bytes);
    bytes[bytes.length - 1]! ^= 1;
    const outcome = repaired(
      killed,
      killed.records.length - 1,
      bytes.subarray(lineStart(killed.lines, bytes.length - 1)),
    );
    await expectOutcomes([{ bytes, what: 'line break', outcome }]);
  });
});

describe('a journal whose lines were changed', () => {
  const withLines = (lines: readonly Buffer[]) => Buffer.concat(lines);

  it.each(['killed', 'closed'])('is refused when a line is missing that must be there (%s)', async (which) => {
    const original = which === 'killed' ? killed : closed;
    const starts = startsOf(original.lines);
    await expectOutcomes(
      original.lines.map((line, index) => {
        const isLast = index === original.lines.length - 1;
        const outcome =
          isLast && isRecord(line) ? whole(original, original.records.length - 1) : refused(starts[index]!);
        const mark = line.includes('"closed":');
        return {
          bytes: withLines(original.lines.toSpliced(index, 1)),
          what: index,
          outcome: mark ? whole(original) : outcome,
        };
      }),
    );
  });

  it.each(['killed', 'closed'])('is refused when a line stands there twice (%s)', async (which) => {
    const original = which === 'killed' ? killed : closed;
    const starts = startsOf(original.lines);
    await expectOutcomes(
      original.lines.map((line, index) => ({
        bytes: withLines(original.lines.toSpliced(index, 0, line)),
        what: index,
        outcome: line.includes('"closed":') ? whole(original) : refused(starts[index + 1]!),
      })),
    );
  });

  it.each(['killed', 'closed'])('is refused when two lines have changed places (%s)', async (which) => {
    const original = which === 'killed' ? killed : closed;
    const starts = startsOf(original.lines);
    await expectOutcomes(
      original.lines.slice(1).map((next, index) => {
        const line = original.lines[index]!;
        // A record may come before a closing mark; the mark then closes at the wrong number.
        const offset = line.includes('"closed":') ? starts[index]! + next.length : starts[index]!;
        return {
          bytes: withLines(original.lines.toSpliced(index, 2, next, line)),
          what: index,
          outcome: refused(offset),
        };
      }),
    );
  });

  it('is refused when it is some other file', async () => {
    const files = ['Dear Ana,\n\nhow are you?\n', 'x'.repeat(3_000), '{"n":1}\n', '\n'];
    await expectOutcomes(files.map((text) => ({ bytes: Buffer.from(text), what: text, outcome: refused(0) })));
  });
});
