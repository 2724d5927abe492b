import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { copyOf, journalPath, newFolder } from '../../../test/journal/folders.js';
import { type Fault, FaultyDisk, type Operation } from '../../../test/journal/faulty-disk.js';
import { expectSurvived, type Answers } from '../../../test/journal/survival.js';
import { TestJournal } from '../../../test/journal/test-journal.js';
import { FatalError } from '../../errors/exit-codes.js';
import type { Refusal } from '../../errors/refusal.js';

const BATCHES = [['a', 'b', 'c'], ['d'], ['e', 'f', 'g', 'h', 'i'], ['j']];
const SENT = BATCHES.flat();

let disk: FaultyDisk;
beforeAll(async () => {
  disk = await FaultyDisk.install();
});
afterAll(() => disk.remove());

/** The result of one run of a process. */
interface RunResult extends Answers {
  readonly refused: ReadonlyMap<string, Refusal>;
  readonly halts: readonly FatalError[];
  /** Why it did not even start. */
  readonly refusedStart: FatalError | undefined;
}

/** Starts, sends every batch and stops cleanly, unless a fault of the disk or a kill prevents it. */
async function run(folder: string): Promise<RunResult> {
  const opening = TestJournal.open(folder);
  const journal = await Promise.race([opening, disk.death]).catch((error: unknown) => {
    if (error instanceof FatalError) return error;
    throw error;
  });
  if (!journal || journal instanceof FatalError) {
    return { acknowledged: new Map(), refused: new Map(), halts: [], refusedStart: journal };
  }
  for (const batch of BATCHES) await Promise.race([journal.postAll(batch), disk.death]);
  await Promise.race([journal.stop(), disk.death]);
  const { acknowledged, refused, halts } = journal;
  return { acknowledged: new Map(acknowledged), refused: new Map(refused), halts: [...halts], refusedStart: undefined };
}

/** Lets the first, second, third … operation fail until there is none left to fail; returns how many there were. */
async function everyTime(
  prepared: string,
  [on, fault]: readonly [Operation, Fault],
  verify: (result: RunResult) => void,
): Promise<number> {
  for (let k = 1; ; k++) {
    const folder = await copyOf(prepared);
    disk.plan(on, k, fault);
    const result = await run(folder);
    const { happened } = disk;
    await disk.restart();
    if (happened) verify(result);
    await expectSurvived(folder, result, SENT);
    if (!happened) return k - 1;
  }
}

/** The journal continued: every command was answered, and refused ones may be sent again. */
function expectHonestRefusal({ acknowledged, refused, halts, refusedStart }: RunResult): void {
  expect(halts).toEqual([]);
  for (const { refused: refusal } of refused.values()) {
    expect(refusal).toMatchObject({ code: 'STORAGE_FULL', retry: true });
  }
  if (refusedStart) expect(refusedStart).toMatchObject({ exitCode: 70 });
  else expect([...acknowledged.keys(), ...refused.keys()].sort()).toEqual(SENT);
}

/** The process ended once, with exit code 70, and refused all later commands. */
function expectEnd({ refused, halts, refusedStart }: RunResult): void {
  expect([...halts, ...(refusedStart ? [refusedStart] : [])].map(({ exitCode }) => exitCode)).toEqual([70]);
  for (const { code } of refused.values()) expect(code).toBe('SHUTTING_DOWN');
}

const error = (code: Extract<Fault, { kind: 'error' }>['code']): Fault => ({ kind: 'error', code });
const kill = (written: (length: number) => number): Fault => ({ kind: 'kill', written });

const FAULTS: readonly (readonly [string, readonly [Operation, Fault], (result: RunResult) => void])[] = [
  ['is short', ['write', { kind: 'short' }], expectHonestRefusal],
  ['finds no space', ['write', error('ENOSPC')], expectHonestRefusal],
  ['finds the file too big', ['write', error('EFBIG')], expectHonestRefusal],
  ['finds the quota used up', ['write', error('EDQUOT')], expectHonestRefusal],
  ['fails', ['write', error('EIO')], expectEnd],
  ['is not confirmed by the disk', ['sync', error('EIO')], expectEnd],
  ['kills the process before its first byte', ['write', kill(() => 0)], () => undefined],
  ['kills the process after one byte', ['write', kill(() => 1)], () => undefined],
  ['kills the process after half of it', ['write', kill((length) => length >> 1)], () => undefined],
  ['kills the process before its last byte', ['write', kill((length) => length - 1)], () => undefined],
  ['kills the process after its last byte', ['write', kill((length) => length)], () => undefined],
];

describe('when any one write', () => {
  it.each(FAULTS)('%s, a new journal keeps what it acknowledged', async (_what, fault, verify) => {
    // The header, four batches and the closing mark.
    expect(await everyTime(await newFolder(), fault, verify)).toBeGreaterThanOrEqual(6);
  });

  it.each(FAULTS)('%s, so does one that has to repair itself first', async (_what, fault, verify) => {
    const prepared = await newFolder();
    disk.plan(
      'write',
      4,
      kill((length) => length >> 1),
    );
    await run(prepared);
    await disk.restart();
    // The end that was written again, four batches and the closing mark; those sent before are only recognised.
    expect(await everyTime(prepared, fault, verify)).toBeGreaterThanOrEqual(4);
  });
});

describe('a sync that failed', () => {
  it('is never retried: its commands are not acknowledged, nothing more is stored, and no closing mark is written', async () => {
    const folder = await newFolder();
    const journal = await TestJournal.open(folder);
    await journal.post('a');
    disk.plan('sync', 1, error('EIO'));
    const waiting = journal.postAll(['b', 'c']);
    await journal.halted;
    await waiting;
    expect(journal.halts).toHaveLength(1);
    expect(journal.halts[0]).toMatchObject({ exitCode: 70, message: expect.stringContaining('Restart to repair') });
    const syncs = disk.count('sync');
    const writes = disk.count('write');
    await expect(journal.post('d')).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    await journal.stop();
    expect([disk.count('sync'), disk.count('write')]).toEqual([syncs, writes]);
    expect([...journal.acknowledged.keys()]).toEqual(['a']);
    expect(journal.ready).toBe(false);
    await disk.restart();
    await expectSurvived(folder, journal, ['a', 'b', 'c']);
  });

  it('is not followed by a closing mark when the server was stopping', async () => {
    const folder = await newFolder();
    const journal = await TestJournal.open(folder);
    await journal.post('a');
    disk.plan('sync', 1, error('EIO'));
    void journal.post('b');
    await journal.stop();
    expect(journal.halts).toHaveLength(1);
    // The record.
    expect(disk.count('write')).toBe(1);
    await disk.restart();
    await expectSurvived(folder, journal, ['a', 'b']);
  });

  it('makes the next start write once more what no later line proves to be on the disk, and sync it', async () => {
    const folder = await newFolder();
    const journal = await TestJournal.open(folder);
    await journal.postAll(['a', 'b']);
    await journal.post('c');
    disk.plan('sync', 1, error('EIO'));
    await journal.postAll(['d', 'e']);
    await disk.restart();
    disk.reset();
    const again = await TestJournal.open(folder);
    const lines = disk.pieces[0]?.toString().split('\n').filter(Boolean) ?? [];
    expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(['d', 'e']);
    expect(disk.synced.has((await stat(journalPath(folder))).ino)).toBe(true);
    await again.stop();
  });
});

describe('names', () => {
  it('are on the disk too: of the journal, of its folder and of those above it that were made', async () => {
    const above = await newFolder();
    const folder = join(above, 'far', 'away', 'data');
    disk.reset();
    const journal = await TestJournal.open(folder);
    const synced = new Set(disk.synced);
    await journal.stop();
    for (const path of [above, join(above, 'far'), join(above, 'far', 'away'), folder, journalPath(folder)]) {
      expect({ path, synced: synced.has((await stat(path)).ino) }).toEqual({ path, synced: true });
    }
  });

  it('of the files with removed bytes are synced before the journal is truncated', async () => {
    const folder = await newFolder();
    const journal = await TestJournal.open(folder);
    await journal.post('a');
    disk.plan(
      'write',
      1,
      kill((length) => length - 1),
    );
    void journal.post('b');
    await disk.death;
    await disk.restart();
    // The copy itself, its folder; the third sync is that of the shorter journal, which fails.
    disk.plan('sync', 3, error('EIO'));
    await expect(TestJournal.open(folder)).rejects.toMatchObject({ exitCode: 70 });
    expect(disk.synced.has((await stat(folder)).ino)).toBe(true);
    await disk.restart();
    await expectSurvived(folder, journal, ['a', 'b']);
  });
});

describe('a clean stop on a full disk', () => {
  it('has no closing mark, and the next start misses nothing', async () => {
    const folder = await newFolder();
    const journal = await TestJournal.open(folder);
    await journal.post('a');
    disk.plan('write', 1, error('ENOSPC'));
    await journal.stop();
    expect(journal.halts).toEqual([]);
    await disk.restart();
    await expectSurvived(folder, journal, ['a']);
  });
});

describe('a full disk that cannot even be cut back', () => {
  it('ends the process, and the next start repairs', async () => {
    const folder = await newFolder();
    const journal = await TestJournal.open(folder);
    await journal.post('a');
    disk.plan('write', 1, { kind: 'short' });
    disk.failTruncation = true;
    await journal.postAll(['b']);
    expect(journal.halts.map(({ exitCode }) => exitCode)).toEqual([70]);
    await disk.restart();
    await expectSurvived(folder, journal, ['a', 'b']);
    expect((await readdir(folder)).filter((name) => name.includes('.torn-'))).toHaveLength(1);
  });
});
