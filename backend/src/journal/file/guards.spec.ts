import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { journalBytes, journalPath, linesOf, newFolder, storedIn } from '../../../test/journal/folders.js';
import { warnNotTested } from '../../../test/journal/shim.js';
import { expectSurvived } from '../../../test/journal/survival.js';
import { TestJournal } from '../../../test/journal/test-journal.js';
import { WriterProcess } from '../../../test/journal/writer-process.js';
import { CHECKPOINT_FILE } from './checkpoint.js';

const run = promisify(execFile);

/** One sentence for the owner. */
const SENTENCE = /^[A-Z][^\n]+\.$/;

async function startedIn(folder: string): Promise<WriterProcess> {
  const writer = WriterProcess.start(folder);
  await writer.until(() => writer.opened !== undefined);
  return writer;
}

describe('two processes on one folder', () => {
  it('are not possible: the second ends at once with 75 and a sentence, and the first continues', async () => {
    const folder = await newFolder(tmpdir());
    const first = await startedIn(folder);
    const second = WriterProcess.start(folder);
    expect(await second.ended).toEqual({ code: 75, signal: null });
    expect(second.sentence).toMatch(SENTENCE);
    expect(second.sentence).toContain(`Another Lonja already uses ${journalPath(folder)}`);
    await first.execute({ post: ['a'] });
    await first.stop();
    await expectSurvived(folder, first, ['a']);
  });

  it('follow each other without waiting when the first is killed', async () => {
    const folder = await newFolder(tmpdir());
    const first = await startedIn(folder);
    await first.execute({ post: ['a'] });
    await first.kill();
    const second = await startedIn(folder);
    expect(second.opened).toBe(1);
    await second.stop();
  });

  it('follow each other in one process too, also when the first start was refused', async () => {
    const folder = await newFolder();
    await writeFile(journalPath(folder), 'no journal\n');
    for (let turn = 0; turn < 3; turn++) {
      await expect(TestJournal.open(folder)).rejects.toMatchObject({ exitCode: 65 });
    }
  });
});

describe('somebody else who writes to the file', () => {
  it('is noticed before the next batch: the process ends with 65 and a sentence, and changes nothing', async () => {
    const folder = await newFolder(tmpdir());
    const writer = await startedIn(folder);
    await writer.execute({ post: ['a'] });
    await appendFile(journalPath(folder), 'foreign\n');
    const before = await journalBytes(folder);
    writer.send({ post: ['b'] });
    expect(await writer.ended).toEqual({ code: 65, signal: null });
    expect(writer.sentence).toMatch(SENTENCE);
    expect(writer.sentence).toContain('something else writes to it');
    expect([...writer.acknowledged.keys()]).toEqual(['a']);
    expect(await journalBytes(folder)).toEqual(before);
  });

  it('is noticed at a clean stop, which then writes no mark', async () => {
    const folder = await newFolder();
    const journal = await TestJournal.open(folder);
    await journal.post('a');
    await appendFile(journalPath(folder), 'foreign\n');
    const before = await journalBytes(folder);
    await journal.stop();
    expect(journal.halts.map(({ exitCode }) => exitCode)).toEqual([65]);
    expect(await journalBytes(folder)).toEqual(before);
  });
});

describe('a clock', () => {
  const at = (hour: number, second = 0) => new Date(Date.UTC(2026, 0, 1, hour, 0, second)).toISOString();

  it('that jumps back an hour makes no instant run backwards, within a batch, between batches and after a restart', async () => {
    const folder = await newFolder();
    const times = [at(12), at(12, 1), at(12, 2), at(11, 3), at(11, 4), at(12, 5), at(11, 6)];
    let turn = 0;
    const clock = () => times[turn++ % times.length]!;
    for (let run = 0; run < 3; run++) {
      const journal = await TestJournal.open(folder, { clock });
      for (let batch = 0; batch < 4; batch++) {
        await journal.postAll([0, 1, 2].map((index) => `${run} ${batch} ${index}`));
      }
      await journal.stop();
    }
    const instants = (await storedIn(folder)).map((record) => record.at);
    expect(instants).toHaveLength(36);
    expect(instants).toEqual([...instants].sort());
    expect(new Set(instants).size).toBeGreaterThan(2);
  });

  it('that jumps back while the server is stopped makes no record earlier than the one before', async () => {
    const folder = await newFolder();
    const before = await TestJournal.open(folder, { clock: () => at(12) });
    await before.post('a');
    await before.stop();
    const after = await TestJournal.open(folder, { clock: () => at(11) });
    await after.post('b');
    await after.stop();
    expect((await storedIn(folder)).map((record) => record.at)).toEqual([at(12), at(12)]);
  });

  it('that jumps back between runs makes no line earlier than the lines before it: records, headers and closing marks', async () => {
    const folder = await newFolder();
    // A run without records writes only a header or closing marks; lines that a checkpoint covers are not read again.
    const runs: [hour: number, posts: string[], deleted: boolean][] = [
      [12, [], false],
      [11, ['a'], false],
      [14, [], false],
      [13, [], false],
      [10, ['b', 'c'], true],
      [15, [], true],
      [9, ['d'], false],
    ];
    for (const [hour, posts, deleted] of runs) {
      if (deleted) await rm(join(folder, CHECKPOINT_FILE), { force: true });
      const journal = await TestJournal.open(folder, { clock: () => at(hour) });
      for (const id of posts) await journal.post(id);
      await journal.stop();
    }
    const lines = linesOf(await journalBytes(folder)).map((line) => JSON.parse(line.toString()) as { at: string });
    const hours = lines.map((line) => new Date(line.at).getUTCHours());
    expect(hours).toEqual([12, 12, 12, 12, 14, 14, 14, 14, 14, 15, 15, 15]);
  });

  it('that goes right is what the records say', async () => {
    const folder = await newFolder();
    let second = 0;
    const journal = await TestJournal.open(folder, { clock: () => at(9, second++) });
    const [first, next] = [await journal.post('a'), await journal.post('b')];
    expect(next.at > first.at).toBe(true);
    await journal.stop();
  });
});

describe('a start that is refused says why in one sentence, with an exit code of its own:', () => {
  async function expectRefused(folder: string, code: number, sentence: RegExp): Promise<void> {
    const writer = WriterProcess.start(folder);
    expect(await writer.ended).toEqual({ code, signal: null });
    expect(writer.sentence).toMatch(SENTENCE);
    expect(writer.sentence).toMatch(sentence);
    expect(writer.errors).toBe('');
  }

  it('65 for a journal with a corrupt line', async () => {
    const folder = await newFolder();
    const journal = await TestJournal.open(folder);
    await journal.post('a');
    await journal.post('b');
    await journal.stop();
    const bytes = await journalBytes(folder);
    const [header, first] = linesOf(bytes) as [Buffer, Buffer];
    bytes[header.length + first.length - 5]! ^= 1;
    await writeFile(journalPath(folder), bytes);
    await expectRefused(
      folder,
      65,
      new RegExp(`damaged at byte ${header.length} \\(after its first line\\): the checksum does not match`),
    );
  });

  it('78 for a data folder that is a file', async () => {
    const file = join(await newFolder(), 'data');
    await writeFile(file, '');
    await expectRefused(file, 78, /cannot be used \((EEXIST|ENOTDIR)\)/);
  });

  it('78 for a data folder inside a file', async () => {
    const file = join(await newFolder(), 'file');
    await writeFile(file, '');
    await expectRefused(join(file, 'data'), 78, /cannot be used \(ENOTDIR\)/);
  });

  it('78 for a disk that may only be read', async () => {
    const disk = await mkdtemp(join(tmpdir(), 'lonja-disk-'));
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'ro,size=1m', 'tmpfs', disk]).catch(() => undefined);
    try {
      if (!mounted) warnNotTested('no file system may be mounted: EROFS is not forced');
      else await expectRefused(disk, 78, /cannot be used \(EROFS\)/);
    } finally {
      if (mounted) await run('umount', ['-l', disk]);
      await rm(disk, { recursive: true });
    }
  });

  it('78 for a folder that the server may not enter', async () => {
    if (process.getuid?.() !== 0) {
      const folder = join(await newFolder(), 'closed');
      await run('mkdir', ['-m', '0', folder]);
      await expectRefused(folder, 78, /cannot be used \(EACCES\)/);
      return;
    }
    const folder = await newFolder(tmpdir());
    const immutable = await run('chattr', ['+i', folder]).catch(() => undefined);
    try {
      if (!immutable) warnNotTested('nothing is forbidden to root here: EACCES is not forced');
      else await expectRefused(folder, 78, /cannot be used \((EACCES|EPERM)\)/);
    } finally {
      if (immutable) await run('chattr', ['-i', folder]);
    }
  });
});

describe('a data folder that is missing', () => {
  it('is created with its missing parents, for its owner only', async () => {
    const folder = join(await newFolder(), 'far', 'away', 'data');
    const journal = await TestJournal.open(folder);
    await journal.post('a');
    await journal.stop();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(journalPath(folder))).mode & 0o777).toBe(0o600);
    expect(await storedIn(folder)).toHaveLength(1);
  });
});
