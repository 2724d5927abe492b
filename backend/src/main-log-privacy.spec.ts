import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '../test/client.js';
import { Mailbox } from '../test/mailbox.js';
import { build, type Ended, ServerProcess } from '../test/server-process.js';
import type { RequestName } from './contract/index.js';
import { formatOf } from './log.js';

beforeAll(build, 120_000);

/** Stands in everything that nobody but those who are meant should read. */
const MARK = 'hunter2';
const ROOT = 'root@acme.com';
const SECRET = `${MARK}-`.repeat(6);

/** Every request there is, with something of somebody in whatever takes a text: one that is forgotten does not compile. */
const REQUESTS: Record<RequestName, object> = {
  'chat:send': { text: `Sueldo: ${MARK}`, mustRead: [`${MARK}@acme.com`] },
  'chat:edit': { message: 1, text: `Sueldo: ${MARK}` },
  'chat:delete': { message: 1 },
  'chat:agree': { message: 1 },
  'chat:pin': { message: 1, pinned: true },
  'product:add': {
    title: MARK,
    price: 1,
    code: MARK,
    description: MARK,
    category: MARK,
    thumbnail: `https://${MARK}/`,
  },
  'product:change': { product: 2, base: 2, fields: { title: `${MARK} 2`, description: MARK } },
  'product:remove': { product: 999_999 },
  'product:restore': { product: 2 },
  'stock:move': { product: 2, delta: -1_000, note: MARK },
  'member:profile': { name: MARK },
  'member:access': { member: 'eva@example.com', access: 'reader' },
  'feed:join': { cursor: { journal: MARK, n: 1, command: MARK } },
  'chat:history': { before: 1, limit: 1 },
  'product:history': { product: 2, limit: 1 },
  'products:page': { after: 0 },
  'product:timeline': { product: 2, limit: 1 },
  'product:then': { of: [{ product: 2, n: 2 }] },
  'product:unread': { after: 0 },
  search: { query: `"${MARK} from:${MARK} ${MARK}*`, limit: 1 },
  'catch-up': { from: { n: 0 } },
  'board:at': { at: { n: 1 }, after: 0, limit: 1 },
  'mark:set': { n: 1 },
  'follow:set': { follow: { on: { product: 2 }, price: true } },
  'alerts:seen': { n: 1 },
  'chat:typing': {},
};

let folder: string;
let mailbox: Mailbox;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lonja-'));
  mailbox = await Mailbox.open();
});
afterEach(async () => {
  await mailbox.close();
  await rm(folder, { recursive: true });
});

const start = (environment: NodeJS.ProcessEnv) =>
  new ServerProcess(
    { PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'debug', SESSION_SECRET: SECRET, ...environment },
    folder,
  );

describe.each(['text', 'json'])('the log as %s', (LOG_FORMAT) => {
  it('holds no text, code, token or password, whatever is asked and refused', async () => {
    const { host } = new URL(mailbox.url);
    const SMTP_URL = `smtp://ana:${MARK}@${host}`;
    const server = start({ LOG_FORMAT, AUTH: 'code', ADMINS: ROOT, MEMBERS: '*@acme.com', SMTP_URL });
    const url = `http://127.0.0.1:${await server.port()}`;

    // The mail server takes no password, so no mail leaves: the refusal is logged, and the code is none that came.
    const asked = await post(url, '/api/session/code', { email: ROOT });
    await post(url, '/api/session', { email: ROOT, code: '12345678' }, asked.headers.getSetCookie()[0]);
    await server.prints(/\/api\/session is refused: /);
    expectPrivate(await server.kill('SIGTERM'));
  });

  it('holds nothing of what members say', async () => {
    const server = start({ LOG_FORMAT });
    const url = `http://127.0.0.1:${await server.port()}`;
    const client = await Client.connect(url, ROOT);

    for (const [name, payload] of Object.entries(REQUESTS)) {
      for (const id of [randomUUID(), MARK, { [MARK]: MARK }, undefined])
        await client.raw(name, { ...(id !== undefined && { id }), ...payload });
      await client.raw(name, { id: randomUUID(), ...payload, [MARK]: MARK });
      await client.raw(name, MARK);
    }
    await client.raw(MARK, { text: MARK });
    await post(url, '/api/session', { email: MARK });
    await fetch(`${url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: MARK });
    await fetch(`${url}/api/${MARK}?${MARK}`, { headers: { cookie: `lonja_session=${MARK}`, 'user-agent': 'x' } });
    client.close();
    await server.prints(/disconnected/);

    const ended = await server.kill('SIGTERM');
    expect(await readFile(join(folder, 'journal.jsonl'), 'utf8')).toContain(MARK);
    expect(ended.stdout).toContain('is refused chat:edit: INVALID');
    expectPrivate(ended);
  });

  it('holds no secret of the identity provider, also where that cannot be reached', async () => {
    const provider = { OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_CLIENT_ID: 'lonja', OIDC_CLIENT_SECRET: MARK };
    const server = start({ LOG_FORMAT, AUTH: 'oidc', ADMINS: ROOT, ...provider });
    const url = `http://127.0.0.1:${await server.port()}`;

    await post(url, '/api/session/oidc', { invitation: `${MARK}-`.padEnd(43, 'x') });
    await fetch(`${url}/api/session/oidc/callback?code=${MARK}&state=${MARK}`, { redirect: 'manual' });
    await server.prints(/did not sign anybody in/);
    expectPrivate(await server.kill('SIGTERM'));
  });

  function expectPrivate({ code, stdout, stderr }: Ended): void {
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain(MARK);
    expect(stdout + stderr).not.toMatch(/\n\s+at |node_modules/);
    if (formatOf({ LOG_FORMAT }) === 'json') expectJson(stdout, stderr);
  }
});

describe('LOG_FORMAT=json', () => {
  it('says in fields what the line says: who, which connection, which command, which code', async () => {
    const server = start({ LOG_FORMAT: 'json' });
    const client = await Client.connect(`http://127.0.0.1:${await server.port()}`, ROOT);
    const id = randomUUID();
    const socket = client.socket.id;
    await client.ask('chat:edit', { id, message: 7, text: 'hola' });
    client.close();
    await server.prints(/disconnected/);

    const { stdout, stderr } = await server.kill('SIGTERM');
    const lines = expectJson(stdout, stderr);
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'log', event: 'started', version: expect.any(String), auth: 'open', folder }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ event: 'connected', by: ROOT, socket }));
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'debug',
        event: 'refused',
        request: 'chat:edit',
        code: 'NOT_FOUND',
        command: id,
      }),
    );
    const reason = 'client namespace disconnect';
    expect(lines).toContainEqual(expect.objectContaining({ event: 'disconnected', by: ROOT, socket, reason }));
  });

  it.each([
    ['a wrong setting', { PORT: 'http' }, 78],
    ['a folder that cannot be used', { DATA_DIR: '/dev/null/data' }, 78],
    ['a damaged journal', {}, 65],
  ])('holds also for a start that fails: %s', async (_, environment, exitCode) => {
    await writeFile(join(folder, 'journal.jsonl'), 'no journal\n');

    const ended = await start({ LOG_FORMAT: 'json', ORIGIN: 'x', ...environment }).ended;

    expect(ended.code).toBe(exitCode);
    expect(expectJson('', ended.stderr)).toEqual([
      expect.objectContaining({ level: 'fatal', exitCode, message: expect.stringMatching(/^[A-Z].*\.$/) }),
    ]);
    expectJson(ended.stdout, '');
  });
});

/** Expects one JSON object in each line of both streams; returns them. */
function expectJson(stdout: string, stderr: string): unknown[] {
  return [...stdout.split('\n'), ...stderr.split('\n')].filter(Boolean).map((line) => JSON.parse(line) as unknown);
}

function post(url: string, path: string, body: object, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(cookie && { cookie }) };
  return fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}
