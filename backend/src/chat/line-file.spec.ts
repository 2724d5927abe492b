import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newFolder } from '../../test/journal/folders.js';
import { extended, LineFile, NOTHING } from './line-file.js';

let path: string;
let file: LineFile;
beforeEach(async () => {
  path = join(await newFolder(), 'lines.txt');
  await writeFile(path, 'uno\ndos\nñ\n');
  file = await LineFile.open(path);
});
afterEach(() => file.close());

describe('a file of lines', () => {
  it('is made for its owner only', async () => {
    const made = `${path}.new`;
    await (await LineFile.open(made)).close();
    expect((await stat(made)).mode & 0o777).toBe(0o600);
  });

  it('is known by how many bytes it begins with, and their checksum', async () => {
    const whole = await readFile(path);
    for (const bytes of [0, 4, 8, whole.length]) {
      expect(await file.beginsWith({ bytes, crc: crc32(whole.subarray(0, bytes)) })).toBe(true);
    }
    expect(await file.beginsWith({ bytes: 4, crc: crc32('Uno\n') })).toBe(false);
    expect(await file.beginsWith({ bytes: whole.length + 1, crc: crc32(whole) })).toBe(false);
  });

  it('has bytes at one place only', async () => {
    expect(await file.has(Buffer.from('dos\n'), 4)).toBe(true);
    expect(await file.has(Buffer.from('dos\n'), 0)).toBe(false);
    expect(await file.has(Buffer.from('ñ\nmás\n'), 8)).toBe(false);
    expect(await file.has(Buffer.alloc(0), 99)).toBe(true);
  });

  it('is extended by what is appended, and cut', async () => {
    const cuatro = Buffer.from('cuatro\n');
    await file.append(cuatro);
    expect((await file.rest(8)).toString()).toBe('ñ\ncuatro\n');
    expect(await file.rest(99)).toHaveLength(0);
    await file.cut(4);
    expect(await readFile(path, 'utf8')).toBe('uno\n');
    const extent = extended(extended(NOTHING, Buffer.from('uno\n')), cuatro);
    await file.append(cuatro);
    expect(await file.beginsWith(extent)).toBe(true);
  });
});
