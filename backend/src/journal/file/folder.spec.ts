import { appendFile, open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { journalPath, newFolder } from '../../../test/journal/folders.js';
import { TestJournal } from '../../../test/journal/test-journal.js';
import { keepAside, replaceFile } from './folder.js';

describe('what is kept aside', () => {
  it('is in a file for its owner only', async () => {
    const path = join(await newFolder(), 'aside');
    expect(await keepAside(Buffer.from('one'), path)).toBe(path);
    expect(await readFile(path, 'utf8')).toBe('one');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('never takes the place of what was kept before, though the clock stands still', async () => {
    const folder = await newFolder();
    for (const piece of ['{"one', '{"two', '{"three']) {
      const journal = await TestJournal.open(folder, { clock: () => '2026-01-01T00:00:00.000Z' });
      await journal.stop();
      await appendFile(journalPath(folder), piece);
    }
    const journal = await TestJournal.open(folder, { clock: () => '2026-01-01T00:00:00.000Z' });
    await journal.stop();
    const aside = (await readdir(folder)).filter((name) => name.includes('.torn-')).toSorted();
    const kept = await Promise.all(aside.map((name) => readFile(join(folder, name), 'utf8')));
    expect(kept).toEqual(['{"one', '{"two', '{"three']);
  });
});

describe('a file that is replaced', () => {
  it('is synced before it gets its name, and then its folder', async () => {
    const folder = await newFolder();
    const handle = await open(folder);
    const prototype = Object.getPrototypeOf(handle) as typeof handle;
    await handle.close();
    const { sync } = prototype;
    const seen: { readonly isFolder: boolean; readonly names: readonly string[] }[] = [];
    const spy = jest.spyOn(prototype, 'sync').mockImplementation(async function (this: typeof handle) {
      seen.push({ isFolder: (await this.stat()).isDirectory(), names: await readdir(folder) });
      return sync.call(this);
    });

    await replaceFile(join(folder, 'file'), Buffer.from('new'));

    spy.mockRestore();
    expect(seen).toEqual([
      { isFolder: false, names: [expect.stringMatching(/^file\..+\.part$/)] },
      { isFolder: true, names: ['file'] },
    ]);
  });

  it('is complete and readable for its owner only when several replace it at once, and leaves no other file', async () => {
    const folder = await newFolder();
    const path = join(folder, 'file');

    await Promise.all(Array.from({ length: 20 }, () => replaceFile(path, Buffer.alloc(100_000, 'ñ'))));

    expect(await readFile(path)).toEqual(Buffer.alloc(100_000, 'ñ'));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['file']);
  });
});
