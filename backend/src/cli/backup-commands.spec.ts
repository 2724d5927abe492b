import { beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { hash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { copyOf, journalBytes, journalPath, linesOf, newFolder, storedIn } from '../../test/journal/folders.js';
import { TestJournal } from '../../test/journal/test-journal.js';
import { ownerAt } from '../../test/owner.js';
import { WAL_FILE } from '../journal/file/wal-upgrade.js';

const BYTES = Buffer.from('what a picture is made of');
const PICTURE = `${hash('sha256', BYTES)}.png`;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** A data folder with four messages, the first at midnight, each a minute later. */
let folder: string;
let backups: string;
let now: number;
beforeEach(async () => {
  folder = await newFolder();
  backups = join(await newFolder(), 'backups');
  now = Date.UTC(2026, 10, 22, 15, 30);
  let minutes = 0;
  const clock = () => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString();
  const journal = await TestJournal.open(folder, { clock });
  for (const id of ['a', 'b', 'c', 'd']) {
    await journal.post(id);
    minutes++;
  }
  await journal.stop();
  await mkdir(join(folder, 'pictures'));
  await writeFile(join(folder, 'pictures', PICTURE), BYTES);
  await writeFile(join(folder, 'pictures', 'unfinished.part'), 'x');
  const head = { format: 1, journal: journal.id };
  await writeFile(join(folder, 'marks.json'), JSON.stringify({ ...head, marks: { 'ana@acme.com': 4 }, visits: {} }));
  await writeFile(join(folder, 'audit.jsonl'), '{"event":"entered"}\n{"event":"cut o');
  for (const name of ['sessions.json', 'session-secret', 'invitations.json']) await writeFile(join(folder, name), '{}');
});

const ask = (...words: string[]) => ownerAt({ folder, now: () => now }, ...words);
const backUp = (...words: string[]) => ask('backup', '--to', backups, ...words);
const names = async (where = backups) => (await readdir(where)).filter((name) => !name.startsWith('.')).sort();
const newest = async () => join(backups, (await names()).at(-1)!);
const restore = (to: string, ...words: string[]) => ask('restore', '--data', to, ...words);
const fresh = async () => join(await newFolder(), 'data');
const idsIn = async (where: string) => (await storedIn(where)).map(({ id }) => id);
const identityOf = async (where: string) =>
  (JSON.parse(linesOf(await journalBytes(where))[0]!.toString()) as { journal: string }).journal;

describe('a backup', () => {
  it('is a folder that is named after its instant, with everything but sessions, invitations and views', async () => {
    const { code, said } = await backUp();
    expect({ code, said }).toEqual({
      code: 0,
      said: [
        `backup    ${join(backups, 'lonja-2026-11-22T153000.000Z')}`,
        expect.stringMatching(
          /^verified {2}4 records, up to 2026-01-01T00:03:00.000Z, 1 pictures; \d+ bytes were copied$/,
        ),
      ],
    });
    expect(await names()).toEqual(['lonja-2026-11-22T153000.000Z']);
    expect(await names(await newest())).toEqual([
      'SHA256SUMS',
      'audit.jsonl',
      'journal.jsonl',
      'manifest.json',
      'marks.json',
      'pictures',
    ]);
    expect(await journalBytes(await newest())).toEqual(await journalBytes(folder));
    expect(await readFile(join(await newest(), 'audit.jsonl'), 'utf8')).toBe('{"event":"entered"}\n');
    const manifest = JSON.parse(await readFile(join(await newest(), 'manifest.json'), 'utf8')) as object;
    expect(manifest).toMatchObject({ format: 1, n: 4, journal: await identityOf(folder) });
    expect((await stat(await newest())).mode & 0o777).toBe(0o700);
  });

  it('can be checked without Lonja', async () => {
    await backUp();
    const { stdout } = await promisify(execFile)('sha256sum', ['-c', 'SHA256SUMS'], { cwd: await newest() });
    expect(stdout.match(/: OK$/gm)).toHaveLength(5);
  });

  it('has no write that was cut off', async () => {
    const whole = await journalBytes(folder);
    await appendFile(journalPath(folder), '{"crc":"0000');
    expect((await backUp()).code).toBe(0);
    expect(await journalBytes(await newest())).toEqual(whole);
  });

  it('is made of a journal that is open, and of one without a record', async () => {
    const empty = await newFolder();
    const journal = await TestJournal.open(empty);
    const { code, said } = await backUp('--data', empty);
    expect([code, said[1]]).toEqual([0, expect.stringContaining('0 records, 0 pictures')]);
    await journal.stop();
    const to = await fresh();
    expect((await restore(to, '--from', await newest())).code).toBe(0);
    expect(await storedIn(to)).toEqual([]);
    const restored = await TestJournal.open(to);
    expect((await restored.post('first')).n).toBe(1);
    await restored.stop();
  });

  it('takes the place of older ones where so many are kept, and of nothing else', async () => {
    await mkdir(join(backups, 'lonja-photos'), { recursive: true });
    for (let day = 0; day < 4; day++) {
      expect((await backUp('--keep', '2')).code).toBe(0);
      now += DAY_MS;
    }
    expect(await names()).toEqual(['lonja-2026-11-24T153000.000Z', 'lonja-2026-11-25T153000.000Z', 'lonja-photos']);
    now = 0;
    expect((await backUp('--keep', '1')).said).toContainEqual('removed   lonja-2026-11-25T153000.000Z');
    expect(await names()).toEqual(['lonja-1970-01-01T000000.000Z', 'lonja-photos']);
  });

  it('shares pictures with the one before, unless they have become bad there', async () => {
    const inode = async () => (await stat(join(await newest(), 'pictures', PICTURE))).ino;
    await backUp();
    const first = await inode();
    now += DAY_MS;
    await backUp();
    expect(await inode()).toBe(first);
    await writeFile(join(await newest(), 'pictures', PICTURE), 'rotten');
    now += DAY_MS;
    expect((await backUp()).code).toBe(0);
    expect(await inode()).not.toBe(first);
    expect(await readFile(join(await newest(), 'pictures', PICTURE))).toEqual(BYTES);
  });

  it('goes to another file system', async () => {
    backups = await newFolder(tmpdir());
    expect((await backUp()).code).toBe(0);
    expect(await idsIn(await newest())).toEqual(['a', 'b', 'c', 'd']);
  });

  it('says which pictures are damaged, and removes no older one', async () => {
    await backUp();
    await rm(join(await newest(), 'pictures', PICTURE));
    await writeFile(join(folder, 'pictures', PICTURE), 'rotten');
    now += DAY_MS;
    const { code, said } = await backUp('--keep', '1');
    expect(code).toBe(65);
    expect(said).toContainEqual(`DAMAGED and not in the backup: ${join(folder, 'pictures', PICTURE)}`);
    expect(await names()).toHaveLength(2);
    expect((await restore(await fresh(), '--from', await newest())).code).toBe(0);
  });

  it('is refused for a damaged journal, and leaves nothing', async () => {
    const bytes = await journalBytes(folder);
    bytes[bytes.indexOf('text of b')]! ^= 1;
    await writeFile(journalPath(folder), bytes);
    const { code, said } = await backUp();
    expect([code, said]).toEqual([65, [expect.stringMatching(/is damaged at byte \d+ \(after record 1\)/)]]);
    expect(await names()).toEqual([]);
  });

  it('is refused without a journal, and beside the log of an earlier version', async () => {
    const empty = await newFolder();
    expect(await backUp('--data', empty)).toEqual({ code: 78, said: [`There is no journal in ${empty}.`] });
    await writeFile(join(folder, WAL_FILE), '');
    expect((await backUp()).code).toBe(78);
    expect(await names()).toEqual([]);
  });

  it('is refused inside the data folder, however that is written', async () => {
    await symlink(folder, backups);
    for (const to of [folder, join(folder, 'backups', 'deep'), join(folder, '..older'), join(backups, 'x'), backups]) {
      const { code, said } = await ask('backup', '--to', to);
      expect([code, said]).toEqual([78, [expect.stringContaining('is inside the data folder')]]);
    }
    expect(await readdir(folder)).not.toContain('backups');
  });

  it('is refused in a folder that cannot be one', async () => {
    await writeFile(backups, '');
    const { code, said } = await backUp();
    expect([code, said]).toEqual([78, [expect.stringMatching(/cannot be used for backups \((?:ENOTDIR|EEXIST)\)/)]]);
  });

  it('waits for no other one', async () => {
    const [one, other] = await Promise.all([backUp(), backUp()]);
    expect([one.code, other.code].sort()).toEqual([0, 75]);
    expect(await names()).toHaveLength(1);
  });
});

describe('a restore', () => {
  beforeEach(async () => {
    await backUp();
  });

  it('makes a data folder of it, under another identity, with what members have set', async () => {
    const to = await fresh();
    const { code, said } = await restore(to, '--from', await newest());
    expect([code, said[0]]).toEqual([0, `restored  ${to}: 4 records, up to 2026-01-01T00:03:00.000Z, 1 pictures`]);
    expect(await storedIn(to)).toEqual(await storedIn(folder));
    const journal = await identityOf(to);
    expect(journal).not.toBe(await identityOf(folder));
    expect(JSON.parse(await readFile(join(to, 'marks.json'), 'utf8'))).toMatchObject({
      journal,
      marks: { 'ana@acme.com': 4 },
    });
    expect(await readFile(join(to, 'pictures', PICTURE))).toEqual(BYTES);
    expect(await readFile(join(to, 'audit.jsonl'), 'utf8')).toMatch(
      /"entered"}\n{"at":.+,"event":"restored","detail":"4 records"}\n$/,
    );
    expect((await ask('verify', '--dir', to)).said).toEqual([expect.stringMatching(/^whole: 4 records/)]);
    const opened = await TestJournal.open(to);
    expect([opened.id, (await opened.post('a')).n, (await opened.post('e')).n]).toEqual([journal, 1, 5]);
    await opened.stop();
  });

  it.each([
    [
      ['--to-number', '2'],
      ['a', 'b'],
    ],
    [
      ['--to-number', '4'],
      ['a', 'b', 'c', 'd'],
    ],
    [
      ['--at', '2026-01-01T00:01:59.999Z'],
      ['a', 'b'],
    ],
    [
      ['--at', '2026-01-01 01:02+01:00'],
      ['a', 'b', 'c'],
    ],
    [
      ['--at', '2030-01-01T00:00Z'],
      ['a', 'b', 'c', 'd'],
    ],
  ])('goes up to where it is asked to: %j', async (words, ids) => {
    const to = await fresh();
    expect((await restore(to, '--from', await newest(), ...words)).code).toBe(0);
    expect(await idsIn(to)).toEqual(ids);
    // Numbers that are used again mean other records.
    expect((await names(to)).includes('marks.json')).toBe(ids.length === 4);
    const journal = await TestJournal.open(to);
    expect((await journal.post('next')).n).toBe(ids.length + 1);
    await journal.stop();
  });

  it.each([
    [['--to-number', '5'], /^There is no record 5: the backup ends at record 4\.$/],
    [['--at', '2025-12-31T23:59:59Z'], /^There is nothing up to that instant/],
    [['--at', '2026-01-01'], /^2026-01-01 is not an instant\. .+ Z for UTC or the offset/],
    [['--at', '2026-02-30T00:00Z'], /is not an instant/],
    [['--at', '2026-01-01T00:00'], /is not an instant/],
    [['--at', 'yesterday'], /is not an instant/],
    [['--to-number', '0'], /^npm run restore/],
    [['--to-number', '1', '--at', '2026-01-01T00:00Z'], /^npm run restore/],
    [['--to', 'x'], /^npm run restore/],
  ])('is refused with a sentence: %j', async (words, sentence) => {
    const to = await fresh();
    const { code, said } = await restore(to, '--from', await newest(), ...words);
    expect([code, said]).toEqual([78, [expect.stringMatching(sentence)]]);
    expect((await names(await newFolder())).length).toBe(0);
    expect((await restore(to, '--from', await newest())).code).toBe(0);
  });

  it.each([[['backup']], [['backup', '--to', 'x', '--keep', '0']], [['backup', 'x', '--to', 'y']], [['restore']]])(
    'and a backup say how they are asked: %j',
    async (words) => {
      const { code, said } = await ask(...words);
      expect([code, said]).toEqual([78, [expect.stringMatching(/^npm run (?:backup|restore) -- /)]]);
    },
  );

  it('is refused into a folder that is not empty', async () => {
    const to = await newFolder();
    await writeFile(join(to, 'notes.txt'), '');
    const { code, said } = await restore(to, '--from', await newest());
    expect([code, said]).toEqual([
      78,
      [`${to} is not empty. Restore into an empty folder, or with --set-aside, which keeps what is there.`],
    ]);
    expect(await readdir(to)).toEqual(['notes.txt']);
    await rename(join(to, 'notes.txt'), join(to, 'lost+found'));
    expect((await restore(to, '--from', await newest())).code).toBe(0);
  });

  it('is refused from what is no backup', async () => {
    const to = await fresh();
    const empty = await newFolder();
    expect((await restore(to, '--from', empty)).said).toEqual([`There is no backup in ${empty}.`]);
    expect((await restore(to, '--from', join(empty, 'none'))).code).toBe(78);
    expect((await restore(to, '--from', backups)).said).toEqual([`Name one backup: the newest is ${await newest()}.`]);
    await rename(await newest(), `${await newest()}.part`);
    const { code, said } = await restore(to, '--from', await newest());
    expect([code, said]).toEqual([78, [expect.stringContaining('is a backup that was cut off')]]);
  });

  it.each(['SHA256SUMS', 'manifest.json', 'journal.jsonl', 'marks.json', 'audit.jsonl', `pictures/${PICTURE}`])(
    'is refused when %s was changed, cut or lost',
    async (name) => {
      const to = await fresh();
      const whole = await newest();
      const spoil = [
        async (path: string) => {
          const bytes = await readFile(path);
          bytes[bytes.length >> 1]! ^= 1;
          await writeFile(path, bytes);
        },
        async (path: string) => truncate(path, (await stat(path)).size - 1),
        (path: string) => rm(path),
      ];
      for (const each of spoil) {
        const copy = await copyOf(whole);
        await each(join(copy, name));
        const { code } = await restore(to, '--from', copy);
        expect(code).toBe(65);
        await expect(readdir(to)).rejects.toThrow('ENOENT');
      }
    },
  );

  it('is refused for a backup of a later version', async () => {
    const path = join(await newest(), 'manifest.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"format": 1', '"format": 2'));
    const { code, said } = await restore(await fresh(), '--from', await newest());
    expect([code, said]).toEqual([78, [expect.stringContaining('was made by a later version')]]);
  });

  it('takes a plain copy of a data folder, or one of its files, too', async () => {
    await appendFile(journalPath(folder), '{"crc":"0000');
    const to = await fresh();
    expect((await restore(to, '--from', journalPath(folder))).code).toBe(0);
    expect(await idsIn(to)).toEqual(['a', 'b', 'c', 'd']);
    await writeFile(join(folder, 'pictures', PICTURE), 'rotten');
    expect((await restore(await fresh(), '--from', folder)).code).toBe(65);
  });
});
