import { readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { copyOf, journalBytes, journalPath, linesOf, newFolder } from '../../test/journal/folders.js';
import { log, TestJournal } from '../../test/journal/test-journal.js';
import { FatalError } from '../errors/exit-codes.js';
import { WAL_FILE } from './write-ahead-log.js';

jest.setTimeout(60_000);

const BATCHES = [['a', 'b'], ['c'], ['d', 'ñ', 'f'], ['g']];
const SENT = BATCHES.flat();
const SECTOR = 512;
/** Bytes of a log in which all of these records have room; it is written whole at each start. */
const ROOM = 8_192;

const walPath = (folder: string) => join(folder, WAL_FILE);

/** A folder as a server leaves it that is killed while it runs. */
async function killedAfter(batches: readonly (readonly string[])[], ahead = ROOM): Promise<string> {
  const folder = await newFolder();
  const journal = await TestJournal.open(folder, { ahead });
  for (const batch of batches) await journal.postAll(batch);
  const killed = await copyOf(folder);
  await journal.stop();
  return killed;
}

/** Starts on a folder: the records it goes on with, or the sentence with which it refuses. */
async function started(folder: string): Promise<readonly string[] | string> {
  try {
    const journal = await TestJournal.open(folder, { ahead: ROOM });
    const ids = (await journal.all()).map(({ id }) => id);
    await journal.stop();
    return ids;
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    expect(error.exitCode).toBe(65);
    return error.message;
  }
}

let killed: string;
let bytes: Buffer;
/** Where the records begin. */
let start: number;
beforeAll(async () => {
  killed = await killedAfter(BATCHES);
  bytes = await journalBytes(killed);
  start = linesOf(bytes)[0]!.length;
});

/** The killed server's folder with another journal, or another write-ahead log. */
async function withBytes({ journal, wal }: { journal?: Buffer; wal?: Buffer }): Promise<string> {
  const folder = await copyOf(killed);
  if (journal) await writeFile(journalPath(folder), journal);
  if (wal) await writeFile(walPath(folder), wal);
  return folder;
}

describe('the write-ahead log', () => {
  it('is there while a server runs, for its owner only, with the newest lines as they stand in the journal', async () => {
    expect((await stat(walPath(killed))).mode & 0o777).toBe(0o600);
    const wal = await readFile(walPath(killed));
    const lines = wal.subarray(wal.indexOf('\n') + 1);
    expect(lines.subarray(0, bytes.length - start)).toEqual(bytes.subarray(start));
  });

  it('is gone after a clean stop: then the journal is all there is', async () => {
    const folder = await copyOf(killed);
    await started(folder);
    expect(await readdir(folder)).not.toContain(WAL_FILE);
  });

  it('is done without where there is no room for it', async () => {
    const folder = await killedAfter(BATCHES, 40);
    expect(await readdir(folder)).not.toContain(WAL_FILE);
    expect(await started(folder)).toEqual(SENT);
  });

  it('begins anew when it is full, as often as it is', async () => {
    const batches = Array.from({ length: 40 }, (_, index) => [`${index}`]);
    const folder = await killedAfter(batches, 1_000);
    const wal = await readFile(walPath(folder));
    expect(wal).toHaveLength(1_000);
    expect(await started(folder)).toEqual(batches.flat());
  });
});

describe('what the journal lost when the power failed', () => {
  it('is put back, wherever the journal was cut', async () => {
    for (let size = start; size <= bytes.length; size++) {
      const folder = await copyOf(killed);
      await truncate(journalPath(folder), size);
      expect({ size, found: await started(folder) }).toEqual({ size, found: SENT });
      expect((await journalBytes(folder)).subarray(0, bytes.length)).toEqual(bytes);
    }
  });

  it('is put back, wherever there are zeros up to the end of a sector or of the file', async () => {
    for (let from = start; from < bytes.length; from += 7) {
      const ends = [Math.ceil((from + 1) / SECTOR) * SECTOR, bytes.length].filter((end) => end <= bytes.length);
      for (const end of ends) {
        const journal = Buffer.from(bytes).fill(0, from, end);
        expect({ from, end, found: await started(await withBytes({ journal })) }).toEqual({ from, end, found: SENT });
      }
    }
  });

  it('is told to the owner, and the rest kept aside', async () => {
    const folder = await withBytes({ journal: bytes.subarray(0, bytes.length - 3) });
    log.lines.length = 0;
    await started(folder);
    expect(log.lines).toContain(
      'What follows record 6 had not reached the journal. It was taken from journal.wal, up to record 7.',
    );
    expect((await readdir(folder)).filter((name) => name.includes('.torn-'))).toHaveLength(1);
  });

  it('may be lost again while it is put back', async () => {
    const folder = await withBytes({ journal: bytes.subarray(0, start) });
    const journal = await TestJournal.open(folder, { ahead: ROOM });
    const again = await copyOf(folder);
    await journal.stop();
    expect(await started(again)).toEqual(SENT);
  });
});

describe('damage', () => {
  it('to the journal is refused at its byte, although the write-ahead log could hide it: it is not what a disk loses', async () => {
    for (let place = start; place < bytes.length; place += 5) {
      const journal = Buffer.from(bytes);
      journal[place]! ^= 4;
      expect(await started(await withBytes({ journal }))).toMatch(/journal\.jsonl is damaged at byte \d+ /);
    }
  });

  it('to the write-ahead log changes nothing while the journal has it all', async () => {
    const intact = await readFile(walPath(killed));
    for (let place = 0; place < intact.lastIndexOf('\n') + 20; place += 5) {
      const wal = Buffer.from(intact);
      wal[place]! ^= 4;
      expect(await started(await withBytes({ wal }))).toEqual(SENT);
    }
  });

  it('to both is told with the number of what was promised, and nothing of it is thrown away', async () => {
    const intact = await readFile(walPath(killed));
    const journal = bytes.subarray(0, start);
    for (let place = 0; place < intact.lastIndexOf('\n'); place += 5) {
      const wal = Buffer.from(intact);
      wal[place]! ^= 4;
      const folder = await withBytes({ journal, wal });
      log.lines.length = 0;
      const found = await started(folder);
      expect(found).toEqual(SENT.slice(0, found.length));
      // Of the last batch no line says that it was acknowledged.
      if (found.length === SENT.length - 1) continue;
      expect(log.lines.join()).toMatch(
        /journal\.wal speaks of records up to \d, to which this journal does not lead: it ends/,
      );
      const [aside] = (await readdir(folder)).filter((name) => name.startsWith('journal.wal.unused-'));
      expect(await readFile(join(folder, aside!))).toEqual(wal);
    }
  });
});

describe('a write-ahead log that does not belong to the journal beside it', () => {
  const aside = async (folder: string) =>
    (await readdir(folder)).filter((name) => name.startsWith('journal.wal.unused-'));

  it('because it was copied later, or the journal is an older copy, is put aside', async () => {
    const folder = await killedAfter([...BATCHES, ...BATCHES.map((ids) => ids.map((id) => `${id} again`))], 900);
    await truncate(journalPath(folder), start);
    log.lines.length = 0;
    expect(await started(folder)).toEqual([]);
    expect(log.lines.join()).toContain('to which this journal does not lead: it ends at record 0.');
    expect(await aside(folder)).toHaveLength(1);
  });

  it('because it is of another one, is put aside', async () => {
    const other = await killedAfter([['x']]);
    const wal = await readFile(walPath(killed));
    await writeFile(walPath(other), wal);
    expect(await started(other)).toEqual(['x']);
    const [name] = await aside(other);
    expect(await readFile(join(other, name!))).toEqual(wal);
  });
});
