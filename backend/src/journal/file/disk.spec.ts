import type { FileHandle } from 'node:fs/promises';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { newFolder } from '../../../test/journal/folders.js';
import { Disk } from './disk.js';

let path: string;
let handle: FileHandle;
beforeEach(async () => {
  path = join(await newFolder(), 'bytes');
  handle = await open(path, 'w+');
});
afterEach(async () => {
  jest.restoreAllMocks();
  await handle.close();
});

/** Whether a sync ran on the main thread. */
async function isInline(disk: Disk): Promise<boolean> {
  const inThePool = jest.spyOn(handle, 'datasync');
  await disk.sync(handle);
  const times = inThePool.mock.calls.length;
  inThePool.mockRestore();
  return times === 0;
}

/** Syncs that take so long each, by the clock of this process. */
async function syncs(disk: Disk, milliseconds: readonly number[]): Promise<boolean[]> {
  let now = 0;
  const clock = jest.spyOn(performance, 'now');
  const found: boolean[] = [];
  for (const took of milliseconds) {
    clock.mockImplementation(() => (now += took));
    found.push(await isInline(disk));
  }
  return found;
}

describe('the disk', () => {
  it.each([
    ['on the main thread', Infinity],
    ['in the thread pool', 0],
  ])('has bytes in their place that were written and synced %s', async (_where, limit) => {
    const disk = new Disk(limit);
    expect(await disk.write(handle, Buffer.from('hola'), 0)).toBe(true);
    expect(await disk.write(handle, Buffer.from('OLA'), 1)).toBe(true);
    await disk.sync(handle);
    expect(await readFile(path, 'utf8')).toBe('hOLA');
    expect(await isInline(disk)).toBe(limit > 0);
  });

  it('is synced in the pool until it has proved to be fast', async () => {
    const found = await syncs(new Disk(0.5), Array<number>(100).fill(0.1));
    expect(found[0]).toBe(false);
    expect(found.at(-1)).toBe(true);
    expect(found).toEqual([...found].sort());
  });

  it('is synced in the pool for a while after one slow answer', async () => {
    const disk = new Disk(0.5);
    await syncs(disk, Array<number>(100).fill(0.1));
    const found = await syncs(disk, [5, ...Array<number>(40).fill(0.1)]);
    expect(found.slice(0, 10)).toEqual([true, ...Array<boolean>(9).fill(false)]);
    expect(found.at(-1)).toBe(true);
  });

  it('is never synced on the main thread where it is always slow', async () => {
    expect(await syncs(new Disk(0.5), Array<number>(200).fill(0.6))).not.toContain(true);
  });
});
