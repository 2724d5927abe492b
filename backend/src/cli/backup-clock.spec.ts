import { beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newFolder } from '../../test/journal/folders.js';
import { TestJournal } from '../../test/journal/test-journal.js';
import { ownerAt } from '../../test/owner.js';

const HOUR_MS = 60 * 60 * 1_000;

let folder: string;
let backups: string;
let now: number;
beforeEach(async () => {
  folder = await newFolder();
  backups = join(await newFolder(), 'backups');
  now = Date.UTC(2026, 10, 22, 15, 30);
  const journal = await TestJournal.open(folder);
  await journal.post('a');
  await journal.stop();
});

const backUp = (...words: string[]) => ownerAt({ folder, now: () => now }, 'backup', '--to', backups, ...words);
const made = async () => (await readdir(backups)).filter((name) => name.startsWith('lonja-'));

describe('a backup that is asked for by the clock', () => {
  it('is not made while the newest one is younger than asked, however often it is asked for', async () => {
    expect((await backUp('--unless-newer', '24h', '--keep', '2')).code).toBe(0);
    const first = await made();
    for (let hour = 0; hour < 23; hour++) {
      now += HOUR_MS;
      const { code, said } = await backUp('--unless-newer', '24h', '--keep', '2');
      expect([code, said]).toEqual([0, [`none      ${join(backups, first[0]!)} is not older than 24h`]]);
    }
    expect(await made()).toEqual(first);
    now += HOUR_MS;
    await backUp('--unless-newer', '24h', '--keep', '2');
    expect(await made()).toHaveLength(2);
  });

  it.each([
    ['90m', 1.5 * HOUR_MS],
    ['20h', 20 * HOUR_MS],
    ['2d', 48 * HOUR_MS],
  ])('understands %s', async (age, ms) => {
    await backUp();
    now += ms - 1;
    await backUp('--unless-newer', age);
    expect(await made()).toHaveLength(1);
    now += 1;
    await backUp('--unless-newer', age);
    expect(await made()).toHaveLength(2);
  });

  it.each(['', '0h', '20', 'h', '1.5h', '-1h', '20 h', '3w', '99999999999999999999d'])(
    'says how it is asked: %j',
    async (age) => {
      const { code, said } = await backUp(`--unless-newer=${age}`);
      expect([code, said]).toEqual([78, [expect.stringMatching(/^npm run backup -- /)]]);
    },
  );

  it('is made where the newest one is none that one could restore', async () => {
    await backUp();
    await writeFile(join(backups, (await made())[0]!, 'manifest.json'), '{');
    now += HOUR_MS;
    await backUp('--unless-newer', '20h');
    expect(await made()).toHaveLength(2);
    await mkdir(join(backups, 'lonja-2026-11-22T173000.000Z.part'));
    await rm(join(backups, (await made())[1]!, 'manifest.json'));
    now += HOUR_MS;
    expect((await backUp('--unless-newer', '20h')).said[0]).toMatch(/^backup /);
  });

  it('is made though the clock once was years ahead', async () => {
    const today = now;
    now += 365 * 24 * HOUR_MS;
    await backUp();
    now = today;
    await backUp('--unless-newer', '20h');
    expect(await made()).toHaveLength(2);
    now += HOUR_MS;
    await backUp('--unless-newer', '20h');
    expect(await made()).toHaveLength(2);
  });

  it('is refused where the folder cannot be one', async () => {
    await writeFile(backups, '');
    const { code, said } = await backUp('--unless-newer', '20h');
    expect([code, said]).toEqual([78, [expect.stringMatching(/cannot be used for backups \(ENOTDIR/)]]);
  });
});
