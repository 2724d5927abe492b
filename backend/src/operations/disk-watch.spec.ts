import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TestServer } from '../../test/server.js';
import { DiskSpace } from './disk-space.js';
import { DiskWatch } from './disk-watch.js';
import { MIN_FREE_BYTES } from './health.js';

const LOW = expect.stringMatching(/^Hardly any space is left on the disk of the data folder \(\d+ MiB\): free some/);
const ROOM = expect.stringMatching(/^There is room on the disk of the data folder again \(\d+ MiB\)\.$/);

describe('the log', () => {
  let server: TestServer;
  let free: number | undefined;
  beforeEach(async () => {
    free = 1;
    jest
      .spyOn(DiskSpace.prototype, 'now')
      .mockImplementation(() => Promise.resolve(free === undefined ? undefined : { free, size: MIN_FREE_BYTES }));
    server = await TestServer.start();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await server.end();
  });

  const look = async (...sizes: readonly (number | undefined)[]) => {
    for (free of sizes) await server.get(DiskWatch).look();
  };
  const said = () => server.log.lines.filter((line) => line.includes('the disk of the data folder'));

  it('says at the start that hardly any space is left, and only once', async () => {
    expect(said()).toEqual([LOW]);
    await look(1, 2, 3);
    expect(said()).toEqual([LOW]);
  });

  it('says once that there is room again, and once more that there is none', async () => {
    await look(2 * MIN_FREE_BYTES, 3 * MIN_FREE_BYTES, 1, 1);
    expect(said()).toEqual([LOW, ROOM, LOW]);
  });

  it('is not filled by a disk that stands at the limit, or that does not say', async () => {
    await look(MIN_FREE_BYTES, MIN_FREE_BYTES - 1, MIN_FREE_BYTES, undefined, MIN_FREE_BYTES - 1);
    expect(said()).toEqual([LOW]);
  });
});
