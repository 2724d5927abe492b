import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { FaultyDisk, type Fault, type Operation } from '../../test/journal/faulty-disk.js';
import { journalBytes, newFolder, storedIn } from '../../test/journal/folders.js';
import { TestJournal } from '../../test/journal/test-journal.js';
import { ownerAt } from '../../test/owner.js';
import { RESTORING_FILE } from '../journal/file/traces.js';
import { backUp } from './back-up.js';
import { restore } from './restore.js';

const BYTES = Buffer.from('what a picture is made of');
const PICTURE = `${hash('sha256', BYTES)}.png`;
const OLD = ['audit.jsonl', 'chat.txt', 'journal.jsonl', 'marks.json', 'pictures', 'session-secret'];

/** A backup of two records, and what the data folder has become since: three. */
let from: string;
let before: string;
let disk: FaultyDisk;
beforeAll(async () => {
  before = await newFolder();
  let journal = await TestJournal.open(before);
  for (const id of ['a', 'b']) await journal.post(id);
  const { id } = journal;
  await journal.stop();
  await mkdir(join(before, 'pictures'));
  await writeFile(join(before, 'pictures', PICTURE), BYTES);
  await writeFile(join(before, 'marks.json'), JSON.stringify({ format: 1, journal: id, marks: {}, visits: {} }));
  await writeFile(join(before, 'audit.jsonl'), '{}\n');
  ({ path: from } = await backUp({ from: before, to: await newFolder(), now: 0 }));
  journal = await TestJournal.open(before);
  await journal.post('c');
  await journal.stop();
  await writeFile(join(before, 'session-secret'), 'secret');
  await writeFile(join(before, 'chat.txt'), '');
  await rm(join(before, 'journal.checkpoint'), { force: true });
  disk = await FaultyDisk.install();
});
afterAll(() => disk.remove());

let data: string;
let now: number;
beforeEach(async () => {
  data = await newFolder();
  await cp(before, data, { recursive: true });
  now = Date.UTC(2026, 10, 22, 15, 30);
});

const ask = (...words: string[]) => ownerAt({ folder: data, now: () => now++ }, ...words);
const again = (...words: string[]) => ask('restore', '--from', from, '--set-aside', ...words);
const idsIn = async (where: string) => (await storedIn(where)).map(({ id }) => id);
const names = async (where = data) => (await readdir(where)).sort();
const asides = async () => (await names()).filter((name) => name.startsWith('before-restore-'));
/** All that is in the folders that were set aside. */
const kept = async () => (await Promise.all((await asides()).map((name) => names(join(data, name))))).flat().sort();

describe('a restore that sets aside what is there', () => {
  it('keeps all of it in a folder of the data folder, and says where', async () => {
    await mkdir(join(data, 'lost+found'));
    const { code, said } = await again();
    const aside = join(data, 'before-restore-2026-11-22T153000.000Z');
    expect([code, said.slice(0, 2)]).toEqual([
      0,
      [
        `set aside ${aside}: what was there before. Delete it when nothing of it is missed`,
        expect.stringMatching(/^restored {2}.+: 2 records/),
      ],
    ]);
    expect(await idsIn(data)).toEqual(['a', 'b']);
    expect(await names(aside)).toEqual(OLD);
    expect(await journalBytes(aside)).toEqual(await journalBytes(before));
    expect(await names()).toEqual([
      'audit.jsonl',
      'before-restore-2026-11-22T153000.000Z',
      'journal.jsonl',
      'lost+found',
      'marks.json',
      'pictures',
    ]);
  });

  it('leaves a folder that a start, a backup, verify and pictures take as any other', async () => {
    await again();
    const journal = await TestJournal.open(data);
    expect((await journal.post('next')).n).toBe(3);
    await journal.stop();
    expect((await ask('verify')).said).toEqual([expect.stringMatching(/^whole: 3 records/)]);
    expect((await ask('pictures')).said[0]).toBe(`pictures     1 in ${BYTES.length} bytes`);
    const to = await newFolder();
    expect((await ask('backup', '--to', to)).code).toBe(0);
    const [made] = (await names(to)).filter((name) => name.startsWith('lonja-'));
    expect(await names(join(to, made!))).toEqual([
      'SHA256SUMS',
      'audit.jsonl',
      'journal.jsonl',
      'manifest.json',
      'marks.json',
      'pictures',
    ]);
  });

  it('goes back to what was set aside, and leaves earlier ones where they are', async () => {
    await again('--to-number', '1');
    const [first] = await asides();
    const { code } = await ask('restore', '--from', join(data, first!), '--set-aside');
    expect(code).toBe(0);
    expect(await idsIn(data)).toEqual(['a', 'b', 'c']);
    expect(await asides()).toHaveLength(2);
    expect(await idsIn(join(data, (await asides())[1]!))).toEqual(['a']);
    expect(await names(join(data, first!))).toEqual(OLD);
  });

  it('has nothing to set aside in an empty folder, and in one that is not there', async () => {
    for (const empty of [await newFolder(), join(await newFolder(), 'data')]) {
      data = empty;
      expect((await again()).said[0]).toMatch(/^restored/);
      expect(await asides()).toEqual([]);
    }
  });

  it('is refused while a server runs, and changes nothing', async () => {
    const journal = await TestJournal.open(data);
    const found = await names();
    const { code, said } = await again();
    expect([code, said]).toEqual([75, [expect.stringMatching(/^Another Lonja already uses .+ Stop it first/)]]);
    expect(await names()).toEqual(found);
    await journal.stop();
  });

  it('changes nothing where there is nothing to restore, or it would be moved away itself', async () => {
    await cp(from, join(data, 'mine'), { recursive: true });
    const found = await names();
    expect((await again('--to-number', '9')).code).toBe(78);
    expect((await ask('restore', '--from', join(data, 'none'), '--set-aside')).code).toBe(78);
    for (const inside of [join(data, 'mine'), data]) {
      const { code, said } = await ask('restore', '--from', inside, '--set-aside');
      expect([code, said]).toEqual([78, [expect.stringMatching(/is in .+, which is to be set aside\. Move it/)]]);
    }
    expect(await names()).toEqual(found);
  });
});

describe('a restore that sets aside, and does not come to its end,', () => {
  const kill: Fault = { kind: 'kill', written: (length) => length >> 1 };
  const make = () => restore({ from, to: data, setAside: true, now: now++ });

  it.each<Operation>(['write', 'sync'])('loses nothing, and no server begins anew, killed in any %s', async (on) => {
    const seen = new Set<string>();
    for (let k = 1; ; k++) {
      data = await newFolder();
      await cp(before, data, { recursive: true });
      disk.plan(on, k, kill);
      await Promise.race([make(), disk.death]);
      const { happened } = disk;
      await disk.restart();
      if (!happened) break;
      const found = await names();
      if (found.includes('journal.jsonl')) {
        const isOld = (await asides()).length === 0;
        seen.add(isOld ? 'as before' : 'restored');
        expect(await idsIn(data)).toEqual(isOld ? ['a', 'b', 'c'] : ['a', 'b']);
        if (isOld) expect(found.filter((name) => name !== RESTORING_FILE)).toEqual(OLD);
      } else {
        seen.add('refused');
        const way = `${data} has what a restore that was cut off has left. Restore again with --set-aside, which keeps all of it.`;
        await expect(TestJournal.open(data)).rejects.toMatchObject({ exitCode: 78, message: way });
        expect(await ask('restore', '--from', from)).toEqual({ code: 78, said: [way] });
      }
      // A next try without room must not leave a folder in which a server would begin anew.
      disk.plan('write', 1, { kind: 'error', code: 'ENOSPC' });
      await expect(make()).rejects.toMatchObject({ exitCode: 70 });
      disk.reset();
      if (!found.includes('journal.jsonl'))
        await expect(TestJournal.open(data)).rejects.toMatchObject({ exitCode: 78 });
      await make();
      expect(await idsIn(data)).toEqual(['a', 'b']);
      expect(await kept()).toEqual(expect.arrayContaining(OLD));
      const journal = await TestJournal.open(data);
      expect((await journal.post('next')).n).toBe(3);
      await journal.stop();
    }
    expect([...seen].sort()).toEqual(on === 'sync' ? ['as before', 'refused', 'restored'] : ['as before', 'refused']);
  });

  it('leaves the folder as it was without room, wherever that is found', async () => {
    for (let k = 1; ; k++) {
      disk.plan('write', k, { kind: 'error', code: 'ENOSPC' });
      const result = await make().catch((error: unknown) => error);
      const { happened } = disk;
      disk.reset();
      if (!happened) break;
      expect(result).toMatchObject({ exitCode: 70, message: expect.stringMatching(/Nothing was restored\.$/) });
      expect(await names()).toEqual(OLD);
      expect(await journalBytes(data)).toEqual(await journalBytes(before));
      expect(await readFile(join(data, 'pictures', PICTURE))).toEqual(BYTES);
      expect(await readFile(join(data, 'audit.jsonl'), 'utf8')).toBe('{}\n');
    }
  });
});
