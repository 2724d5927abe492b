import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { PROVEN } from '../../../test/proven.js';
import { TestServer } from '../../../test/server.js';
import { ADMIN_STATUS_PATH, type AdminStatus, GROWTH_DAYS, type JournalRecord, VERSION } from '../../contract/index.js';
import type { Journal } from '../../journal/index.js';
import { Growth } from './growth.js';

const ROOT = 'root@acme.com';

describe('the status for admins', () => {
  let server: TestServer;
  beforeEach(async () => (server = await TestServer.start(PROVEN)));
  afterEach(() => server.end());

  const call = (cookie: string | undefined) =>
    fetch(`${server.url}${ADMIN_STATUS_PATH}`, { headers: { ...(cookie && { cookie }) } });
  const status = async (): Promise<AdminStatus> =>
    (await (await call(await server.identify(ROOT))).json()) as AdminStatus;

  it('says how the server is, what it keeps, and who is there', async () => {
    const [ana, beto] = [await server.join('ana@acme.com'), await server.join('beto@acme.com')];
    await ana.do('chat:send', { text: 'hola' });
    await beto.do('product:add', { title: 'Taza', price: 3 });
    await mkdir(server.path('pictures'), { recursive: true });
    await writeFile(server.path('pictures/a.png'), 'four');
    await ana.query('search', { query: 'hola', limit: 1 });

    const { at, started, sizes, followers, growth, people, ...rest } = await status();

    expect(rest).toEqual({
      version: VERSION,
      health: { status: 'ok', checks: { process: 'ok', journal: 'ok', disk: 'ok', eventLoop: 'ok' } },
      online: { members: 2, visitors: 0, sockets: 2 },
      backup: { configured: false },
    });
    // Ana and Beto, Root and Lee, who is only listed.
    expect(people).toEqual({ members: 4, admins: 1, sessions: 3 });
    expect(Date.parse(started)).toBeLessThan(Date.parse(at));
    expect(sizes.journal).toEqual({ bytes: (await stat(server.path('journal.jsonl'))).size, records: 2 });
    expect(sizes.pictures).toEqual({ bytes: 4, count: 1 });
    expect(sizes.index).toBeGreaterThanOrEqual((await stat(server.path('index.sqlite'))).size);
    expect(sizes.disk!.free).toBeLessThan(sizes.disk!.size);
    expect(followers).toHaveLength(3);
    expect(followers).toContainEqual({ name: 'index.sqlite', n: 2, lag: 0, state: 'following' });
    expect(growth).toHaveLength(GROWTH_DAYS);
    // Two days, should midnight be just now.
    expect(growth.slice(-2).reduce((sum, { records }) => sum + records, 0)).toBe(2);
  });

  it('says so while the index was not opened, and of a folder with no pictures that there are none', async () => {
    const { sizes, followers } = await status();
    expect(followers).toContainEqual({ name: 'index.sqlite', n: 0, lag: 0, state: 'opening' });
    expect(sizes).toMatchObject({ index: 0, pictures: { bytes: 0, count: 0 } });
  });

  it('counts the browsers that are identified, and nobody who may not come in any more', async () => {
    const root = await server.join(ROOT);
    await server.join('ana@acme.com');
    await server.identify('ana@acme.com');
    await server.join('beto@acme.com');
    await root.do('member:access', { member: 'beto@acme.com', access: 'none' });

    expect((await status()).people).toEqual({ members: 3, admins: 1, sessions: 4 });
  });

  it('is for admins only, is kept by nobody, and names no path and no member', async () => {
    expect((await call(undefined)).status).toBe(401);
    expect((await call(await server.identify('ana@acme.com'))).status).toBe(403);

    const response = await call(await server.identify(ROOT));
    expect(response.headers.get('cache-control')).toBe('no-store');
    const text = await response.text();
    for (const secret of [server.folder, 'acme.com']) expect(text).not.toContain(secret);
  });
});

describe('the growth of the journal', () => {
  /** Local, as the owner's days are. */
  const NOW = new Date(2026, 2, 31, 12);
  let instants: Date[];
  let read: jest.Mock<(from: number, to: number) => Promise<JournalRecord[]>>;
  let growth: Growth;
  beforeEach(() => {
    instants = [];
    read = jest.fn((n: number) => Promise.resolve([{ n, at: instants[n - 1]!.toISOString() } as JournalRecord]));
    growth = new Growth({
      get last() {
        return instants.length;
      },
      read,
    } as object as Journal);
  });

  /** So many records on a day of March, as long as it is. */
  const add = (day: number, count: number): void => {
    for (let index = 0; index < count; index++) instants.push(new Date(2026, 2, day, Math.floor((24 * index) / count)));
  };
  const counted = async () =>
    (await growth.until(NOW)).flatMap(({ day, records }) => (records > 0 ? [`${day}: ${records}`] : []));

  it('is nothing in an empty journal', async () => {
    expect(await counted()).toEqual([]);
    expect(read).not.toHaveBeenCalled();
  });

  it('is counted for each of the last thirty days, whatever came before', async () => {
    add(1, 500);
    add(2, 3);
    add(3, 1);
    add(29, 700);
    add(31, 20);
    expect(await counted()).toEqual(['2026-03-02: 3', '2026-03-03: 1', '2026-03-29: 700', '2026-03-31: 20']);
    expect(await growth.until(NOW)).toHaveLength(GROWTH_DAYS);
  });

  it('reads a few records for each day, and none of them a second time', async () => {
    add(1, 50_000);
    add(30, 50_000);
    await growth.until(NOW);
    expect(read.mock.calls.length).toBeLessThan(17 * GROWTH_DAYS);

    read.mockClear();
    add(31, 5);
    expect(await counted()).toEqual(['2026-03-30: 50000', '2026-03-31: 5']);
    expect(read).not.toHaveBeenCalled();
  });
});
