import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newFolder } from '../../test/journal/folders.js';
import { LineFile } from './line-file.js';

let path: string;
let file: LineFile;
beforeEach(async () => {
  path = join(await newFolder(), 'lines.txt');
  await writeFile(path, 'uno\ndos\ntres\nmedi');
  file = new LineFile(path);
});
afterEach(() => file.close());

describe('a file of lines', () => {
  it('is counted, and cut where its last line is not whole', async () => {
    expect(await file.open()).toBe(3);
    expect(await readFile(path, 'utf8')).toBe('uno\ndos\ntres\n');
    expect(file.extent).toEqual({ lines: 3, bytes: 13 });
  });

  it('is counted only behind what is known of it', async () => {
    file.extent = { lines: 1_000, bytes: 8 };
    expect(await file.open()).toBe(1_001);
  });

  it.each([
    ['shorter', { lines: 1_000, bytes: 80 }],
    ['not what it was: no line ends there', { lines: 1_000, bytes: 7 }],
  ])('is counted from its beginning when it is %s', async (_what, extent) => {
    file.extent = extent;
    expect(await file.open()).toBe(3);
  });

  it('is known as far as it was written, counted and emptied', async () => {
    await file.open();
    await file.append(['cuatro', 'ñ']);
    expect(file.extent).toEqual({ lines: 5, bytes: (await readFile(path)).length });
    await appendFile(path, 'seis\n');
    expect(await file.open()).toBe(6);
    await file.clear();
    await file.append(['uno']);
    expect(file.extent).toEqual({ lines: 1, bytes: 4 });
    expect(await readFile(path, 'utf8')).toBe('uno\n');
  });
});
