import { appendFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { newFolder } from '../../../test/journal/folders.js';
import { type Chunk, LogFile } from './log-file.js';

let path: string;
beforeEach(async () => {
  path = join(await newFolder(), 'log');
});

async function chunksOf(file: LogFile, length: number, offset = 0): Promise<Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const chunk of file.chunks(offset, length)) chunks.push({ ...chunk, bytes: Buffer.from(chunk.bytes) });
  return chunks;
}

describe('the file under the journal', () => {
  it('is made for its owner only', async () => {
    const file = await LogFile.open(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await file.close();
  });

  it('knows its size and returns the appended bytes', async () => {
    const file = await LogFile.open(path);
    await file.append(Buffer.from('one\n'));
    await file.append(Buffer.from('two\n'));
    expect(file.size).toBe(8);
    expect((await file.read(4, 4)).toString()).toBe('two\n');
    expect((await file.read(4, 1_000)).toString()).toBe('two\n');
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
  });

  it('is refused to a second writer, and free when the first has closed it', async () => {
    const first = await LogFile.open(path);
    await expect(LogFile.open(path)).rejects.toMatchObject({ exitCode: 75 });
    await first.close();
    await (await LogFile.open(path)).close();
  });

  it('can be read while somebody writes', async () => {
    const writer = await LogFile.open(path);
    await writer.append(Buffer.from('one\n'));
    const view = await LogFile.view(path);
    expect((await view.read(0, 10)).toString()).toBe('one\n');
    await Promise.all([view.close(), writer.close()]);
  });

  it.each([1, 2, 3, 5, 100])(
    'comes in chunks of whole lines, however few bytes are read at once (%i)',
    async (length) => {
      await writeFile(path, 'a\nbcdef\n\ngh');
      const file = await LogFile.open(path);
      const chunks = await chunksOf(file, length);
      expect(Buffer.concat(chunks.map(({ bytes }) => bytes)).toString()).toBe('a\nbcdef\n\ngh');
      expect(chunks.slice(0, -1).every(({ bytes }) => bytes.at(-1) === 0x0a)).toBe(true);
      let at = 0;
      for (const { bytes, offset } of chunks) {
        expect(offset).toBe(at);
        at += bytes.length;
      }
      expect((await chunksOf(file, length, 2)).at(0)!.bytes.toString()).toMatch(/^bcdef\n/);
      await file.close();
    },
  );

  it('ends for a reader when it is truncated meanwhile', async () => {
    const writer = await LogFile.open(path);
    await writer.append(Buffer.from('one\ntwo\nhalf of a li'));
    const view = await LogFile.view(path);
    await writer.truncate(8);
    expect((await chunksOf(view, 5)).map(({ bytes }) => bytes.toString()).join('')).toBe('one\ntwo\n');
    await Promise.all([view.close(), writer.close()]);
  });

  it('is rewritten in place without a change', async () => {
    const file = await LogFile.open(path);
    await file.append(Buffer.from('one\ntwo\n'));
    await file.rewrite(4);
    await file.rewrite(8);
    expect(file.size).toBe(8);
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
  });
});

describe('bytes that somebody else has appended', () => {
  it('are noticed before the next batch, and left alone', async () => {
    const file = await LogFile.open(path);
    await file.append(Buffer.from('one\n'));
    await appendFile(path, 'foreign');
    await expect(file.append(Buffer.from('two\n'))).rejects.toMatchObject({ exitCode: 65 });
    expect(await readFile(path, 'utf8')).toBe('one\nforeign');
    await file.close();
  });

  it('are noticed by a probe for space, and left alone', async () => {
    const file = await LogFile.open(path);
    await file.append(Buffer.from('one\n'));
    await appendFile(path, 'foreign');
    await expect(file.probe()).rejects.toMatchObject({ exitCode: 65 });
    expect(await readFile(path, 'utf8')).toBe('one\nforeign');
    await file.close();
  });
});

describe('a probe for space', () => {
  it('leaves the file unchanged', async () => {
    const file = await LogFile.open(path);
    await file.append(Buffer.from('one\n'));
    await file.probe();
    expect(file.size).toBe(4);
    await file.append(Buffer.from('two\n'));
    await file.close();
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
  });
});

describe('a path that is a folder', () => {
  it('is refused', async () => {
    await mkdir(path);
    await expect(LogFile.open(path)).rejects.toMatchObject({ code: 'EISDIR' });
  });
});
