import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { copyOf, journalBytes, journalPath, linesOf, newFolder } from '../../../test/journal/folders.js';
import { log, TestJournal } from '../../../test/journal/test-journal.js';
import { FatalError } from '../../errors/exit-codes.js';
import { addChecksum, withoutChecksum } from './checksum.js';
import { WAL_FILE } from './wal-upgrade.js';

const BATCHES = [['a', 'b'], ['c'], ['d', 'ñ', 'f'], ['g']];
const SENT = BATCHES.flat();
/** Bytes of the file, which version 0.1 filled up with zeros. */
const ROOM = 8_192;
const SECTOR = 512;

const walPath = (folder: string) => join(folder, WAL_FILE);
const numberOf = (line: Buffer) => (JSON.parse(line.toString()) as { n: number }).n;

/** The file as version 0.1 wrote it: whose it is, and lines as they stand in the journal. */
function walOf(journal: string, lines: readonly Buffer[]): Buffer {
  return Buffer.concat([addChecksum(withoutChecksum({ wal: journal })), ...lines], ROOM);
}

/** A journal of these batches as a server leaves it that is killed, and its record lines. */
async function killedAfter(batches: readonly (readonly string[])[]) {
  const folder = await newFolder();
  const journal = await TestJournal.open(folder);
  for (const batch of batches) await journal.postAll(batch);
  const bytes = await journalBytes(folder);
  const { id } = journal;
  await journal.stop();
  const [header, ...lines] = linesOf(bytes);
  return { id, bytes, header: header!, lines };
}

/** Starts on these two files: the records with which it continues, or the sentence with which it refuses; and the folder. */
async function started(journal: Buffer, wal: Buffer) {
  const folder = await newFolder();
  await writeFile(journalPath(folder), journal);
  await writeFile(walPath(folder), wal);
  try {
    const opened = await TestJournal.open(folder);
    const ids = (await opened.all()).map(({ id }) => id);
    await opened.stop();
    await expect(access(walPath(folder))).rejects.toThrow('ENOENT');
    return { ids, folder };
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    expect(error.exitCode).toBe(65);
    // Nothing was changed.
    expect([await journalBytes(folder), await readFile(walPath(folder))]).toEqual([journal, wal]);
    return { refused: error.message, folder };
  }
}

let killed: Awaited<ReturnType<typeof killedAfter>>;
/** All lines from record 2 on, as if an earlier lap had ended with record 1. */
let wal: Buffer;
beforeAll(async () => {
  killed = await killedAfter(BATCHES);
  wal = walOf(killed.id, killed.lines.slice(1));
});

const NO_FIT = expect.stringMatching(
  /^\S+journal\.wal does not continue the journal, which ends at record \d+\. Restore/,
);

describe('what a journal of version 0.1 lost when the power failed', () => {
  it('is taken from its write-ahead log, wherever the journal was cut after what both have', async () => {
    const from = killed.header.length + killed.lines[0]!.length + killed.lines[1]!.length;
    for (let size = from; size <= killed.bytes.length; size++) {
      expect(await started(killed.bytes.subarray(0, size), wal)).toMatchObject({ ids: SENT });
    }
  });

  it('is taken in, wherever there are zeros up to the end of a sector or of the file', async () => {
    const from = killed.header.length + killed.lines[0]!.length + killed.lines[1]!.length;
    for (let start = from; start < killed.bytes.length; start += 7) {
      const zeros = Buffer.from(killed.bytes);
      zeros.fill(0, start, Math.min(zeros.length, Math.ceil((start + 1) / SECTOR) * SECTOR));
      expect(await started(zeros, wal)).toMatchObject({ ids: SENT });
    }
  });

  it('is named to the owner, and what was torn is kept aside', async () => {
    log.lines.length = 0;
    const size = killed.bytes.length - 10;
    const { folder } = await started(killed.bytes.subarray(0, size), wal);
    expect(log.lines).toEqual([`Record 7 had not reached the journal. It was taken from ${WAL_FILE}.`]);
    expect((await readdir(folder)).filter((name) => name.includes('.torn-'))).toHaveLength(1);
  });

  it('is taken in with a checkpoint, too', async () => {
    const folder = await newFolder();
    const first = await TestJournal.open(folder);
    await first.postAll(['a', 'b']);
    await first.stop();
    const stopped = await copyOf(folder);
    const second = await TestJournal.open(folder);
    await second.postAll(['c', 'd']);
    const lines = linesOf(await journalBytes(folder)).filter((line) => line.includes('"n":'));
    await second.stop();
    await writeFile(walPath(stopped), walOf(second.id, lines.slice(1)));
    const again = await TestJournal.open(stopped);
    expect((await again.all()).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    await again.stop();
  });
});

describe('a write-ahead log of version 0.1 that has nothing more than its journal', () => {
  it.each<[string, () => Buffer]>([
    ['all of its lines', () => wal],
    [
      'lines of an earlier lap after the newest',
      () => walOf(killed.id, [killed.lines[6]!, ...killed.lines.slice(1, 3)]),
    ],
    ['no lines', () => walOf(killed.id, [])],
    ['nothing but zeros', () => Buffer.alloc(ROOM)],
    ['no bytes', () => Buffer.alloc(0)],
  ])('is removed without a word when it has %s', async (_what, bytes) => {
    expect(await started(killed.bytes, bytes())).toMatchObject({ ids: SENT });
  });
});

describe('a write-ahead log that does not fit its journal', () => {
  it('is refused when a backup was copied over the folder of a killed server: nothing is spliced', async () => {
    // 3 old records, 2 that the backup's server stored, and the log of the killed one from 5 on.
    const backup = await killedAfter([['a', 'b', 'c']]);
    const other = (await killedAfter([['x', 'y', 'z', 'other', 'more']])).lines;
    const journal = Buffer.concat([killed.header, ...killed.lines.slice(0, 3), ...other.slice(3, 5)]);
    expect(backup.lines).toHaveLength(3);
    expect(await started(journal, walOf(killed.id, killed.lines.slice(4)))).toMatchObject({ refused: NO_FIT });
  });

  it('is refused when it begins right where the journal ends: nothing shows that they belong together', async () => {
    const journal = Buffer.concat([killed.header, ...killed.lines.slice(0, 3)]);
    expect(numberOf(killed.lines[3]!)).toBe(4);
    expect(await started(journal, walOf(killed.id, killed.lines.slice(3)))).toMatchObject({ refused: NO_FIT });
  });

  it('is refused when the journal lost more than it covers', async () => {
    const journal = Buffer.concat([killed.header, ...killed.lines.slice(0, 2)]);
    expect(await started(journal, walOf(killed.id, killed.lines.slice(5)))).toMatchObject({ refused: NO_FIT });
  });

  it('is refused when the journal was emptied', async () => {
    expect(await started(Buffer.alloc(0), wal)).toMatchObject({ refused: NO_FIT });
    expect(await started(killed.header, wal)).toMatchObject({ refused: NO_FIT });
  });

  it('is refused when it is of another journal', async () => {
    const journal = Buffer.concat([killed.header, ...killed.lines.slice(0, 3)]);
    expect(await started(journal, walOf('another', killed.lines.slice(1)))).toMatchObject({ refused: NO_FIT });
  });

  it('leaves damage of the journal to be named at its byte, although it could hide it', async () => {
    const changed = Buffer.from(killed.bytes);
    const place = killed.header.length + killed.lines[0]!.length + 40;
    changed[place] = changed[place]! ^ 1;
    const { refused } = await started(changed, wal);
    expect(refused).toMatch(/is damaged at byte \d+ \(after record 1\)/);
  });
});
