import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { appendFile, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { FaultyDisk, type Fault, type Operation } from '../../test/journal/faulty-disk.js';
import { journalBytes, journalPath, linesOf, newFolder, storedIn } from '../../test/journal/folders.js';
import { TestJournal } from '../../test/journal/test-journal.js';
import { WriterProcess } from '../../test/journal/writer-process.js';
import { LogFile } from '../journal/file/log-file.js';
import { backUp } from './back-up.js';
import { backupsIn } from './contents.js';
import { restore } from './restore.js';
import { verifyBackup } from './verify-backup.js';

const BYTES = Buffer.from('what a picture is made of');

let folder: string;
let disk: FaultyDisk;
beforeAll(async () => {
  folder = await newFolder();
  const journal = await TestJournal.open(folder);
  for (const id of ['a', 'b', 'c']) await journal.post(id);
  const { id } = journal;
  await journal.stop();
  await mkdir(join(folder, 'pictures'));
  await writeFile(join(folder, 'pictures', `${hash('sha256', BYTES)}.png`), BYTES);
  await writeFile(join(folder, 'marks.json'), JSON.stringify({ format: 1, journal: id, marks: {}, visits: {} }));
  await writeFile(join(folder, 'audit.jsonl'), '{}\n');
  disk = await FaultyDisk.install();
});
afterAll(() => disk.remove());

const kill: Fault = { kind: 'kill', written: (length) => length >> 1 };
const FULL: readonly [string, Fault][] = [
  ['a short write', { kind: 'short' }],
  ['a full disk', { kind: 'error', code: 'ENOSPC' }],
  ['a quota that is used up', { kind: 'error', code: 'EDQUOT' }],
];

describe('a backup that does not come to its end', () => {
  let to: string;
  let now: number;
  /** The newest of two older ones, and what is in it. */
  beforeEach(async () => {
    to = await newFolder();
    now = 0;
    await make();
    await make();
  });
  const make = () => backUp({ from: folder, to, keep: 2, now: now++ });

  /** Expects that everything which is called a backup is one, and that the next one leaves nothing of what was cut off. */
  async function expectWhole(): Promise<void> {
    const before = await backupsIn(to);
    expect(before.length).toBeGreaterThanOrEqual(2);
    for (const name of before) expect((await verifyBackup(join(to, name))).n).toBe(3);
    const { path } = await make();
    expect(await readdir(to)).toEqual(expect.arrayContaining(['.lock']));
    expect((await readdir(to)).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect(await backupsIn(to)).toHaveLength(2);
    expect(await journalBytes(path)).toEqual(await journalBytes(folder));
  }

  it.each<Operation>(['write', 'sync'])('is never taken for one, killed in any %s', async (on) => {
    let k = 1;
    for (; ; k++) {
      disk.plan(on, k, kill);
      await Promise.race([make(), disk.death]);
      const { happened } = disk;
      await disk.restart();
      if (!happened) break;
      await expectWhole();
    }
    // The journal, the marks, the audit, the manifest, the sums; the picture is linked.
    expect(k).toBeGreaterThan(5);
  });

  it.each(FULL)('leaves nothing for %s, removes no other one, and says so', async (_what, fault) => {
    const before = await backupsIn(to);
    for (let k = 1; ; k++) {
      disk.plan('write', k, fault);
      const made = make();
      const result = await made.then(
        () => undefined,
        (error: unknown) => error,
      );
      const { happened } = disk;
      disk.reset();
      if (!happened) break;
      expect(result).toMatchObject({
        exitCode: 70,
        message: expect.stringMatching(/^There is no space in .+none was removed\.$/),
      });
      expect(await backupsIn(to)).toEqual(before);
      expect((await readdir(to)).filter((name) => name.endsWith('.part'))).toEqual([]);
    }
    await expectWhole();
  });

  it('is none when the disk does not confirm it', async () => {
    disk.plan('sync', 1, { kind: 'error', code: 'EIO' });
    await expect(make()).rejects.toMatchObject({ exitCode: 70 });
    disk.reset();
    await expectWhole();
  });
});

describe('a restore that does not come to its end', () => {
  let from: string;
  beforeAll(async () => ({ path: from } = await backUp({ from: folder, to: await newFolder(), now: 0 })));
  const make = (to: string) => restore({ from, to, now: 0 });

  it.each<Operation>(['write', 'sync'])('is no folder for a server to begin anew in, killed in any %s', async (on) => {
    const seen = new Set<string>();
    for (let k = 1; ; k++) {
      const to = join(await newFolder(), 'data');
      disk.plan(on, k, kill);
      await Promise.race([make(to), disk.death]);
      const { happened } = disk;
      await disk.restart();
      if (!happened) break;
      const names = await readdir(to).catch((): string[] => []);
      if (names.includes('journal.jsonl')) {
        seen.add('restored');
        await expectRestored(to);
      } else if (names.length > 0) {
        seen.add('refused');
        await expect(TestJournal.open(to)).rejects.toMatchObject({ exitCode: 78 });
        await expect(make(to)).rejects.toMatchObject({ exitCode: 78, message: expect.stringContaining('cut off') });
        await rm(to, { recursive: true });
        await make(to);
        await expectRestored(to);
      }
    }
    expect([...seen].sort()).toEqual(on === 'sync' ? ['refused', 'restored'] : ['refused']);
  });

  it.each(FULL)('leaves the folder as it was for %s', async (_what, fault) => {
    for (let k = 1; ; k++) {
      const to = await newFolder();
      disk.plan('write', k, fault);
      const result = await make(to).catch((error: unknown) => error);
      const { happened } = disk;
      disk.reset();
      if (!happened) break;
      expect(result).toMatchObject({ exitCode: 70 });
      expect(await readdir(to)).toEqual([]);
    }
  });

  async function expectRestored(to: string): Promise<void> {
    expect(await storedIn(to)).toEqual(await storedIn(folder));
    const journal = await TestJournal.open(to);
    expect((await journal.post('next')).n).toBe(4);
    await journal.stop();
  }
});

describe('a backup of a journal that changes meanwhile', () => {
  it('is an exact prefix with all that was acknowledged, while 100 callers write', async () => {
    const source = await newFolder();
    const to = await newFolder();
    const writer = WriterProcess.start(source);
    writer.send({ load: { callers: 100, prefix: 'x' } });
    const made: { readonly path: string; readonly acknowledged: number }[] = [];
    for (let now = 0; now < 10; now++) {
      const before = writer.acknowledged.size;
      await writer.until(() => writer.acknowledged.size > before + 50);
      const acknowledged = Math.max(...writer.acknowledged.values());
      made.push({ path: (await backUp({ from: source, to, now })).path, acknowledged });
    }
    await writer.kill();
    const whole = await journalBytes(source);
    for (const { path, acknowledged } of made) {
      const bytes = await journalBytes(path);
      expect(whole.subarray(0, bytes.length).equals(bytes)).toBe(true);
      expect((await verifyBackup(path)).n).toBeGreaterThanOrEqual(acknowledged);
    }
  });

  /** The change happens once: after the journal was read (1), or copied (2). */
  async function backUpWhile(change: (path: string) => Promise<void>, after = 1): Promise<Buffer> {
    const source = await newFolder();
    await cp(folder, source, { recursive: true });
    const path = journalPath(source);
    const { read } = LogFile.prototype;
    let reads = 0;
    const spy = jest.spyOn(LogFile.prototype, 'read').mockImplementation(async function (this: LogFile, ...args) {
      const bytes = await read.apply(this, args);
      if (this.path === path && ++reads === after) await change(path);
      return bytes;
    });
    try {
      const { path: made } = await backUp({ from: source, to: await newFolder(), now: 0 });
      return await journalBytes(made);
    } finally {
      spy.mockRestore();
    }
  }

  it.each([1, 2])('has nothing of a batch that found no space and was cut off again (%i)', async (after) => {
    const lines = linesOf(await journalBytes(folder));
    // The closing mark and the last record: nothing later proves them.
    const less = Buffer.concat(lines.slice(0, -2));
    expect(await backUpWhile((path) => writeFile(path, less), after)).toEqual(less);
  });

  it('is made anew when the journal was replaced by another one', async () => {
    const other = await newFolder();
    const journal = await TestJournal.open(other);
    for (const id of ['x', 'y', 'z']) await journal.post(id);
    await journal.stop();
    const bytes = await journalBytes(other);
    expect(
      await backUpWhile(async (path) => {
        await rm(path);
        await writeFile(path, bytes);
      }),
    ).toEqual(bytes);
  });

  it('goes up to where it was when it was begun', async () => {
    const before = await readFile(journalPath(folder));
    expect(await backUpWhile((path) => appendFile(path, '{"crc":"0'))).toEqual(before);
  });
});
