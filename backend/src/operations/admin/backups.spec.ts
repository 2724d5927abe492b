import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newFolder } from '../../../test/journal/folders.js';
import { PROVEN } from '../../../test/proven.js';
import { fewInADay } from '../../../test/rates.js';
import { TestServer } from '../../../test/server.js';
import { backUp } from '../../backup/back-up.js';
import { backupsIn } from '../../backup/contents.js';
import {
  ADMIN_BACKUP_PATH,
  ADMIN_STATUS_PATH,
  type AdminStatus,
  AUDIT_PATH,
  type AuditPage,
  type BackupStatus,
  RATES,
} from '../../contract/index.js';

const ROOT = 'root@acme.com';

let server: TestServer;
let to: string;
let cookie: string;

async function begin(BACKUP_DIR?: string): Promise<void> {
  server = await TestServer.start({ ...PROVEN, ...(BACKUP_DIR && { BACKUP_DIR }) });
  cookie = await server.identify(ROOT);
}
beforeAll(() => fewInADay('backup'));
beforeEach(async () => {
  to = await newFolder();
});
afterEach(() => server.end());

const ask = (headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${server.url}${ADMIN_BACKUP_PATH}`, { method: 'POST', headers: { cookie, ...headers } });
const answered = async <T>(path: string): Promise<T> =>
  (await (await fetch(`${server.url}${path}`, { headers: { cookie } })).json()) as T;
const status = async (): Promise<BackupStatus> => (await answered<AdminStatus>(ADMIN_STATUS_PATH)).backup;

/** The status once nothing runs any more. */
async function ended(): Promise<BackupStatus> {
  for (;;) {
    const now = await status();
    if (!now.running) return now;
  }
}
const noted = async () =>
  (await answered<AuditPage>(AUDIT_PATH)).lines
    .filter(({ event }) => event.startsWith('back'))
    .map(({ event, by, detail }) => ({ event, by, detail }));

describe('a backup that an admin asks for', () => {
  it('is made while the server runs, and then is the last one, with its size and its last record', async () => {
    await begin(to);
    const ana = await server.join('ana@acme.com');
    await ana.do('chat:send', { text: 'hola' });
    expect(await status()).toEqual({ configured: true, count: 0 });

    const response = await ask();
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ configured: true, running: { progress: 'journal' } });

    const { last, ...rest } = await ended();
    const [name] = await backupsIn(to);
    expect(rest).toEqual({ configured: true, count: 1 });
    expect(last).toMatchObject({ name, n: 1 });
    const { length } = await readFile(join(to, name!, 'journal.jsonl'));
    expect(last!.bytes).toBeGreaterThan(length);
    expect(await noted()).toEqual([{ event: 'backed-up', by: ROOT, detail: '1 records' }]);
  });

  it('joins the one that runs', async () => {
    await begin(to);
    expect((await Promise.all([ask(), ask(), ask()])).map((answer) => answer.status)).toEqual([202, 202, 202]);
    expect((await ended()).count).toBe(1);
    expect(await noted()).toHaveLength(1);
  });

  it('is one of those that stand there, whoever made them, also after a restart', async () => {
    await begin(to);
    await backUp({ from: server.folder, to, now: Date.parse('2026-01-01T00:00:00Z') });
    expect(await status()).toMatchObject({ count: 1, last: { at: '2026-01-01T00:00:00.000Z', n: 0 } });
    await ask();
    const { last } = await ended();
    expect(last!.at > '2026-01-01').toBe(true);

    await server.restart();
    expect(await status()).toEqual({ configured: true, count: 2, last });

    // What one could not restore does not count as the newest one.
    await rm(join(to, last!.name, 'manifest.json'));
    await writeFile(join(to, last!.name, 'manifest.json'), 'x');
    await server.restart();
    expect(await status()).toMatchObject({ last: { at: '2026-01-01T00:00:00.000Z' } });
  });

  it('cannot be asked for without a folder, which the page says before', async () => {
    await begin();
    expect(await status()).toEqual({ configured: false });
    const response = await ask();
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      error: { code: 'CONFLICT', message: expect.stringContaining('BACKUP_DIR') },
    });
  });

  it('is for admins, and asked for from the own page', async () => {
    await begin(to);
    expect((await ask({ cookie: '' })).status).toBe(401);
    expect((await ask({ cookie: await server.identify('ana@acme.com') })).status).toBe(403);
    expect((await ask({ origin: 'https://evil.example' })).status).toBe(403);
    expect(await readdir(to)).toEqual([]);
  });

  it('is refused to who asks for more and more of them', async () => {
    await begin(to);
    const statuses: number[] = [];
    for (let count = 0; count <= RATES.backup.member; count++) statuses.push((await ask()).status);
    expect(statuses.at(-1)).toBe(429);
    await ended();
  });

  it.each<[string, string, (path: string) => Promise<unknown>]>([
    ['a file is in its place', 'unusable', (path) => writeFile(path, '')],
    ['it leads into the data folder by now', 'in-data-folder', (path) => symlink(server.folder, path)],
  ])('says so, without a path, when %s: %s', async (_why, reason, spoil) => {
    const place = join(to, 'deep');
    await begin(place);
    const ana = await server.join('ana@acme.com');
    for (const text of ['hola', 'y más']) await ana.do('chat:send', { text });
    await spoil(place);

    await ask();
    const { failed } = await ended();
    expect(failed).toMatchObject({ reason });
    expect(JSON.stringify(failed)).not.toContain(to);
    expect(JSON.stringify(failed)).not.toContain(server.folder);
    expect(await noted()).toEqual([{ event: 'backup-failed', by: ROOT, detail: reason }]);
    expect(server.log.errors.splice(0)).toEqual([expect.stringMatching(/^No backup was made: /)]);
  });

  it('names no damaged picture, and is made without it', async () => {
    await begin(to);
    await mkdir(server.path('pictures'), { recursive: true });
    await writeFile(server.path(`pictures/${'0'.repeat(64)}.png`), 'rotten');
    await ask();
    expect(await ended()).toMatchObject({ count: 1, failed: { reason: 'pictures-damaged' } });
    expect(server.log.errors.splice(0)).toHaveLength(1);
  });

  it('is cut off when the server stops, and the next one is whole', async () => {
    await begin(to);
    await ask();
    await server.restart();
    await ask();
    expect((await ended()).last?.n).toBe(0);
    expect((await readdir(to)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('says that the folder cannot be read, and the rest of the status all the same', async () => {
    await begin(join(to, 'file', 'deep'));
    await writeFile(join(to, 'file'), '');
    expect(await answered<AdminStatus>(ADMIN_STATUS_PATH)).toMatchObject({
      health: { status: 'ok' },
      backup: { configured: true, failed: { reason: 'unusable' } },
    });
  });
});
