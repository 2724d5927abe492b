import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, jest } from '@jest/globals';
import { journalPath, newFolder } from '../../../test/journal/folders.js';
import { warnNotTested } from '../../../test/journal/shim.js';
import { expectSound } from '../../../test/journal/survival.js';
import { log, TestJournal } from '../../../test/journal/test-journal.js';
import { WriterProcess } from '../../../test/journal/writer-process.js';

const run = promisify(execFile);

/** Resolves with what a program printed; undefined where there is no such program, or it may not do that here. */
const tried = (program: string, ...args: string[]) =>
  run(program, args).then(
    ({ stdout }) => stdout,
    () => undefined,
  );

/** Runs on a file system of one mebibyte; where none may be mounted, says so. */
async function onTinyDisk(test: (folder: string) => Promise<void>): Promise<void> {
  const disk = await mkdtemp(join(tmpdir(), 'lonja-disk-'));
  const mounted = await tried('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk);
  try {
    if (mounted === undefined) warnNotTested('no file system may be mounted: the disk is full only by a limit');
    else await test(disk);
  } finally {
    if (mounted !== undefined) await run('umount', ['-l', disk]);
    await rm(disk, { recursive: true });
  }
}

/** Resolves when the journal has logged that there is space again. */
function spaceAgain(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const original = log.log.bind(log);
  jest.spyOn(log, 'log').mockImplementation((message: unknown) => {
    original(message);
    resolve(undefined);
  });
  return promise;
}

describe('a disk that is full', () => {
  it('is reported as a refusal: reading continues, and the journal detects free space by itself', async () => {
    await onTinyDisk(async (disk) => {
      const ballast = join(disk, 'ballast');
      await writeFile(ballast, Buffer.alloc(300 * 1_024));
      const journal = await TestJournal.open(join(disk, 'data'));
      let count = 0;
      while (journal.refused.size === 0) {
        await Promise.allSettled([0, 1, 2, 3].map(() => journal.post(`${count++}`, 'x'.repeat(4_000))));
      }
      for (const { refused } of journal.refused.values()) {
        expect(refused).toMatchObject({ code: 'STORAGE_FULL', retry: true });
      }
      expect(journal.acknowledged.size).toBeGreaterThan(100);
      expect(journal.ready).toBe(false);
      expect(journal.ledger.state.posted).toBe(journal.last);
      expect(await journal.all()).toHaveLength(journal.last);
      expect((await journal.post('0', 'x'.repeat(4_000))).n).toBe(1);

      const healed = spaceAgain();
      await rm(ballast);
      await healed;
      expect(journal.ready).toBe(true);
      const again = [...journal.refused.keys()];
      journal.refused.clear();
      await Promise.all(again.map((id) => journal.post(id, 'x'.repeat(4_000))));
      await journal.stop();
      const { acknowledged } = journal;
      const reopened = await TestJournal.open(join(disk, 'data'));
      expectSound(await reopened.all(), { acknowledged, refused: journal.refused });
      expect(reopened.last).toBe(count);
      await reopened.stop();
    });
  });

  it('lets a stop end cleanly without its mark, and a start find everything', async () => {
    await onTinyDisk(async (disk) => {
      const folder = join(disk, 'data');
      const journal = await TestJournal.open(folder);
      await journal.post('a');
      await writeFile(join(disk, 'ballast'), Buffer.alloc(2 << 20)).catch(() => undefined);
      while (journal.refused.size === 0) await journal.post(`${journal.last}`).catch(() => undefined);
      await journal.stop();
      expect(journal.halts).toEqual([]);
      const again = await TestJournal.open(folder);
      expectSound(await again.all(), journal);
      await expect(again.post('b', 'x'.repeat(8_000))).rejects.toMatchObject({ code: 'STORAGE_FULL' });
      await again.stop();
    });
  });

  it('keeps a new journal from being made, with a sentence that says why, and leaves nothing half made', async () => {
    await onTinyDisk(async (disk) => {
      await writeFile(join(disk, 'ballast'), Buffer.alloc(2 << 20)).catch(() => undefined);
      await expect(TestJournal.open(disk)).rejects.toMatchObject({
        exitCode: 70,
        message: `The data folder ${disk} cannot be used (ENOSPC).`,
      });
      expect((await stat(journalPath(disk))).size).toBe(0);
    });
  });
});

describe('a file that may not grow any more', () => {
  it('is a full disk: nothing acknowledged is missing, nothing refused is stored, and it continues when it may grow again', async () => {
    if (process.platform !== 'linux' || (await tried('prlimit', '--version')) === undefined) {
      warnNotTested('no prlimit: a file that may not grow is not forced');
      return;
    }
    const folder = await newFolder(tmpdir());
    // Soft, so that it can be lifted again; a process that does not ignore SIGXFSZ would die of it.
    const writer = WriterProcess.start(folder, { through: ['prlimit', '--fsize=20000:unlimited'] });
    let count = 0;
    while (writer.refused.size === 0) {
      await writer.execute({ post: Array.from({ length: 7 }, () => `${count++}`) });
    }
    for (const answer of writer.refused.values()) expect(answer).toEqual({ code: 'STORAGE_FULL', retry: true });
    expect(writer.acknowledged.size).toBeGreaterThan(100);
    expect(writer.ready).toBe(false);
    await writer.execute({ read: [1, writer.acknowledged.size] });
    expect(writer.read).toEqual(['0', [...writer.acknowledged].find(([, n]) => n === writer.acknowledged.size)![0]]);

    await run('prlimit', [`--pid=${writer.pid}`, '--fsize=unlimited:unlimited']);
    await writer.until(() => writer.ready);
    const again = [...writer.refused.keys()];
    writer.refused.clear();
    await writer.execute({ post: again });
    expect(await writer.stop()).toEqual({ code: 0, signal: null });
    const journal = await TestJournal.open(folder);
    expectSound(await journal.all(), writer);
    expect(journal.last).toBe(count);
    await journal.stop();
  });
});

describe('a process without a free file descriptor', () => {
  it('loses nothing: the journal needs none to go on', async () => {
    const folder = await newFolder(tmpdir());
    const writer = WriterProcess.start(folder, { through: ['sh', '-c', 'ulimit -n 256; exec "$@"', 'sh'] });
    await writer.execute({ post: ['a', 'b'] });
    await writer.execute({ descriptors: 'exhaust' });
    await writer.execute({ post: ['c', 'd'] });
    await writer.execute({ post: ['a', 'e'] });
    await writer.execute({ read: [1, 4] });
    // Also its clean end, whose checkpoint cannot be written.
    expect(await writer.stop()).toEqual({ code: 0, signal: null });
    expect(writer.read).toHaveLength(2);
    expect([...writer.acknowledged.keys()].sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    const journal = await TestJournal.open(folder);
    expectSound(await journal.all(), writer);
    expect(journal.last).toBe(5);
    await journal.stop();
  });
});
