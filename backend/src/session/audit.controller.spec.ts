import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFile, stat, truncate } from 'node:fs/promises';
import { PROVEN } from '../../test/proven.js';
import { TestServer } from '../../test/server.js';
import type { AuditPage } from '../contract/index.js';

describe('the audit', () => {
  let server: TestServer;
  beforeEach(async () => (server = await TestServer.start(PROVEN)));
  afterEach(() => server.end());

  const call = (cookie: string | undefined, method = 'GET', path = '/api/audit') =>
    fetch(`${server.url}${path}`, { method, headers: { ...(cookie && { cookie }) } });
  const lines = async (cookie: string) => ((await (await call(cookie)).json()) as AuditPage).lines;

  it('notes who came, went, and changed who may; newest first, and in the log', async () => {
    const root = await server.join('root@acme.com');
    const ana = await server.identify('ana@acme.com');
    await call(ana, 'DELETE', '/api/session');
    await root.do('member:access', { member: 'beto@acme.com', access: 'none' });

    const noted = await lines(root.cookie!);
    expect(noted.map(({ event, by, about, detail }) => [event, by, about ?? detail])).toEqual([
      ['access-set', 'root@acme.com', 'beto@acme.com'],
      ['session-ended', 'ana@acme.com', expect.any(String)],
      ['entered', 'ana@acme.com', undefined],
      ['entered', 'root@acme.com', undefined],
    ]);
    expect(server.log.lines.some((line) => line.includes('"event":"access-set"'))).toBe(true);
  });

  it('is for admins only', async () => {
    expect((await call(undefined)).status).toBe(401);
    expect((await call(await server.identify('ana@acme.com'))).status).toBe(403);
  });

  it('holds no token, and is for the owner of the folder only', async () => {
    const cookie = await server.identify('root@acme.com');
    await lines(cookie);

    expect(await server.read('audit.jsonl')).not.toContain(cookie.split('.')[2]);
    expect((await stat(server.path('audit.jsonl'))).mode & 0o777).toBe(0o600);
  });

  it('goes on in a new file when one is full, and passes over a line that was cut off', async () => {
    const cookie = await server.identify('root@acme.com');
    await lines(cookie);
    await appendFile(server.path('audit.jsonl'), `{"event":"ent\n`);
    expect(await lines(cookie)).toHaveLength(1);

    await truncate(server.path('audit.jsonl'), 6 * 1_024 * 1_024);
    await server.identify('ana@acme.com');
    expect(await lines(cookie)).toHaveLength(1);
    expect((await stat(server.path('audit.1.jsonl'))).size).toBe(6 * 1_024 * 1_024);
  });
});
