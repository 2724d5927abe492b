import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newFolder } from '../../../test/journal/folders.js';
import { scrape, valueOf } from '../../../test/metrics.js';
import { TestServer } from '../../../test/server.js';
import { backUp } from '../../backup/back-up.js';
import { StoredBackups } from '../admin/stored-backups.js';
import { MetricsServer } from './metrics-server.js';

const NAME = 'lonja_backup_newest_timestamp_seconds';
const DAY_MS = 24 * 60 * 60 * 1_000;

let server: TestServer;
let to: string;
let looks: jest.SpiedFunction<StoredBackups['look']>;
beforeEach(async () => {
  to = await newFolder();
  looks = jest.spyOn(StoredBackups.prototype, 'look');
});
afterEach(async () => {
  jest.restoreAllMocks();
  await server.end();
});

const start = async (BACKUP_DIR: string) => (server = await TestServer.start({ METRICS_PORT: '0', BACKUP_DIR }));
const make = (now: number) => backUp({ from: server.folder, to, now });
const read = async () => valueOf(await scrape(server.get(MetricsServer).address!), NAME);

/** What it says once everything that was looked up has been answered. */
async function settled(): Promise<number | undefined> {
  await read();
  await Promise.allSettled(looks.mock.results.map(({ value }) => value));
  return read();
}
function minutesLater(count: number): void {
  const now = performance.now() + count * 60_000;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
}

describe('the metric of the newest backup', () => {
  it('is not there without a folder for backups', async () => {
    await start('');
    expect(await settled()).toBeUndefined();
    expect(looks).not.toHaveBeenCalled();
  });

  it('is 0 where there is none, and its instant where there is one, whoever has made it', async () => {
    await start(to);
    expect(await settled()).toBe(0);
    await make(2 * DAY_MS);
    await make(DAY_MS);
    minutesLater(2);
    expect(await settled()).toBe((2 * DAY_MS) / 1_000);
  });

  it('looks once a minute, however often it is asked', async () => {
    await start(to);
    for (let count = 0; count < 5; count++) await settled();
    expect(looks).toHaveBeenCalledTimes(1);
    minutesLater(2);
    for (let count = 0; count < 5; count++) await settled();
    expect(looks).toHaveBeenCalledTimes(2);
  });

  it('keeps what it was while the folder cannot be read, and holds nobody up while its disk does not answer', async () => {
    await start(to);
    await make(DAY_MS);
    minutesLater(2);
    expect(await settled()).toBe(DAY_MS / 1_000);
    looks.mockRejectedValueOnce(new Error('EIO'));
    minutesLater(4);
    expect(await settled()).toBe(DAY_MS / 1_000);
    looks.mockReturnValueOnce(Promise.withResolvers<never>().promise);
    minutesLater(6);
    expect([await read(), await read()]).toEqual([DAY_MS / 1_000, DAY_MS / 1_000]);
  });

  it('asks a disk that does not answer only once: whoever waits for it takes a thread from those who store something', async () => {
    await start(to);
    expect(await settled()).toBe(0);
    const answer = Promise.withResolvers<Awaited<ReturnType<StoredBackups['look']>>>();
    looks.mockReturnValueOnce(answer.promise);
    for (const minutes of [2, 4, 6]) {
      minutesLater(minutes);
      await read();
    }
    expect(looks).toHaveBeenCalledTimes(2);
    answer.resolve({ count: 0 });
    await make(DAY_MS);
    minutesLater(8);
    expect(await settled()).toBe(DAY_MS / 1_000);
  });

  it('is none of a backup that was cut off, or is damaged', async () => {
    await start(to);
    await mkdir(join(to, 'lonja-2026-11-22T153000.000Z.part'));
    const { path } = await make(DAY_MS);
    await rm(join(path, 'manifest.json'));
    minutesLater(2);
    expect(await settled()).toBe(0);
  });
});
