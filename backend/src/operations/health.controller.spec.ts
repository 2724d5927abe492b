import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TestServer } from '../../test/server.js';
import { readConfig } from '../config.js';
import { Journal } from '../journal/index.js';
import { DiskSpace } from './disk-space.js';
import { EventLoopDelay } from './event-loop-delay.js';
import { MAX_EVENT_LOOP_DELAY_MS, MIN_FREE_BYTES } from './health.js';
import { Stopping } from './stopping.js';

const WELL = { process: 'ok', journal: 'ok', disk: 'ok', eventLoop: 'ok' };

describe('health', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await TestServer.start();
    // What the machine of the test has is not its business.
    leave(MIN_FREE_BYTES);
    delay(0);
  });
  afterEach(() => server.end());

  const ask = async (name: string) => {
    const response = await fetch(`${server.url}/health/${name}`);
    return { status: response.status, body: await response.json() };
  };
  const leave = (free: number | undefined) =>
    jest
      .spyOn(server.get(DiskSpace), 'now')
      .mockResolvedValue(free === undefined ? undefined : { free, size: MIN_FREE_BYTES });
  const delay = (ms: number) => jest.spyOn(server.get(EventLoopDelay), 'longestMs', 'get').mockReturnValue(ms);
  const refuse = (space: { readonly full: boolean }) => {
    const journal = server.get(Journal);
    jest.spyOn(journal, 'ready', 'get').mockReturnValue(false);
    jest.spyOn(journal, 'condition', 'get').mockReturnValue({ bytes: 0, followers: [], ...space });
  };
  const expectRefusing = async (reason: string, checks: object) => {
    const message: unknown = expect.stringMatching(/^[A-Z][^/]+\.$/);
    expect(await ask('ready')).toEqual({
      status: 503,
      body: { status: 'refusing', reason, message, checks: { ...WELL, ...checks } },
    });
    expect(await ask('live')).toEqual({ status: 200, body: { status: 'ok' } });
  };

  it('is good when commands can be stored', async () => {
    expect(await ask('live')).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await ask('ready')).toEqual({ status: 200, body: { status: 'ok', checks: WELL } });
  });

  it('is not ready while commands cannot be stored, and lives on', async () => {
    refuse({ full: false });
    await expectRefusing('journal-closed', { journal: 'journal-closed' });
  });

  it('says that the disk is full', async () => {
    refuse({ full: true });
    await expectRefusing('disk-full', { journal: 'disk-full' });
  });

  it('warns that hardly any space is left, and is ready: everything is still stored', async () => {
    leave(MIN_FREE_BYTES - 1);
    const warnings = [{ reason: 'disk-low', message: expect.stringMatching(/^[A-Z][^/]+\.$/) as unknown }];
    expect(await ask('ready')).toEqual({
      status: 200,
      body: { status: 'ok', warnings, checks: { ...WELL, disk: 'disk-low' } },
    });

    const ana = await server.join('ana@acme.com');
    expect(await ana.do('chat:send', { text: 'hola' })).toMatchObject({ n: 1 });
  });

  it('says that the disk is full when nothing is left, before a write has found that out', async () => {
    leave(0);
    await expectRefusing('disk-full', { disk: 'disk-full' });
  });

  it('is ready where the file system does not say how much space it has', async () => {
    leave(undefined);
    expect((await ask('ready')).status).toBe(200);
  });

  it('says that whoever asks had to wait for seconds', async () => {
    delay(MAX_EVENT_LOOP_DELAY_MS + 1);
    await expectRefusing('overloaded', { eventLoop: 'overloaded' });
  });

  it('is not ready from the moment that the server was asked to end', async () => {
    server.get(Stopping).onModuleDestroy();
    await expectRefusing('stopping', { process: 'stopping' });
  });

  it('is kept by nobody between: an old answer would be worse than none', async () => {
    expect((await fetch(`${server.url}/health/ready`)).headers.get('cache-control')).toBe('no-store');
  });
});

describe('the room of the data folder', () => {
  it('is that of its file system', async () => {
    const server = await TestServer.start();
    const { free, size } = (await server.get(DiskSpace).now())!;
    await server.end();

    expect(free).toBeGreaterThan(0);
    expect(size).toBeGreaterThan(free);
  });

  it('is unknown where there is no folder', async () => {
    expect(await new DiskSpace(readConfig({ DATA_DIR: '/nowhere/at/all' })).now()).toBeUndefined();
  });
});
