import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { Mailbox } from '../../../test/mailbox.js';
import { PROVEN } from '../../../test/proven.js';
import { TestServer } from '../../../test/server.js';
import type { MadeInvitation, OpenInvitations } from '../../contract/index.js';
import { Mailer } from '../code/mailer.js';

const ROOT = 'root@acme.com';
const GUEST = 'guest@other.example';

describe('an invitation', () => {
  let mailbox: Mailbox;
  let server: TestServer;
  let root: string;
  beforeEach(async () => {
    mailbox = await Mailbox.open();
    server = await TestServer.start({ ...PROVEN, SMTP_URL: mailbox.url });
    root = await server.identify(ROOT);
  });
  afterEach(async () => {
    jest.useRealTimers();
    await server.end();
    await mailbox.close();
  });

  const call = (method: string, path: string, cookie: string | undefined, body?: object) =>
    fetch(`${server.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(cookie && { cookie }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  const invite = async (email?: string) => {
    const response = await call('POST', '/api/invitations', root, { ...(email && { email }) });
    return (await response.json()) as MadeInvitation;
  };
  const open = async () =>
    ((await (await call('GET', '/api/invitations', root)).json()) as OpenInvitations).invitations;
  const tokenOf = ({ link }: MadeInvitation) => link.slice(link.indexOf('=') + 1);
  const mailed = () => server.get(Mailer).settled();
  /** Asks with the invitation, reads the mail, and enters the code; undefined when no mail came. */
  const accept = async (invitation: MadeInvitation, email: string) => {
    const before = mailbox.mails.length;
    const body = { email, invitation: tokenOf(invitation) };
    const asked = await call('POST', '/api/session/code', undefined, body);
    expect([asked.status, await asked.text()]).toEqual([202, '{"seconds":600}']);
    await mailed();
    if (mailbox.mails.length === before) return undefined;
    const cookie = asked.headers.getSetCookie()[0]!.split(';')[0];
    return call('POST', '/api/session', cookie, { email, code: await mailbox.code(email) });
  };

  it('is a link with the token in its fragment, and is made, listed and withdrawn by admins only', async () => {
    const made = await invite('Guest@Other.example');
    expect(made.link).toMatch(new RegExp(`^${server.url}/#invitation=[\\w-]{43}$`));
    expect(Date.parse(made.expires) - Date.now()).toBeGreaterThan(6.99 * 86_400_000);

    const [listed, ...others] = await open();
    expect(others).toEqual([]);
    expect(listed).toEqual({ id: made.id, by: ROOT, made: expect.any(String), expires: made.expires, email: GUEST });
    const ana = await server.identify('ana@acme.com');
    const lee = await server.identify('lee@acme.com');
    for (const [cookie, status] of [
      [undefined, 401],
      [ana, 403],
      [lee, 403],
    ] as const) {
      expect((await call('GET', '/api/invitations', cookie)).status).toBe(status);
      expect((await call('POST', '/api/invitations', cookie, {})).status).toBe(status);
      expect((await call('DELETE', `/api/invitations/${made.id}`, cookie)).status).toBe(status);
    }
    expect((await call('POST', '/api/invitations', root, { email: 'x' })).status).toBe(400);
    expect((await call('DELETE', `/api/invitations/${made.id}`, root)).status).toBe(204);
    expect((await call('DELETE', `/api/invitations/${made.id}`, root)).status).toBe(404);
    expect(await open()).toEqual([]);
    expect(await accept(made, GUEST)).toBeUndefined();
  });

  it('lets one person in, once, who is a member from then on', async () => {
    const made = await invite();
    expect(await (await accept(made, GUEST))!.json()).toEqual({ email: GUEST, role: 'member', proof: 'code' });
    expect(await open()).toEqual([]);
    expect(await accept(made, 'second@other.example')).toBeUndefined();

    const guest = await server.join(GUEST);
    expect((await guest.do('chat:send', { text: 'hola' })).n).toBe(2);
    await server.restart();
    expect(await accept(made, 'third@other.example')).toBeUndefined();
  });

  it('is not used up by whoever may come in anyway, nor by a code that is not entered', async () => {
    const made = await invite();
    expect((await accept(made, 'ana@acme.com'))!.status).toBe(200);
    await call('POST', '/api/session/code', undefined, { email: GUEST, invitation: tokenOf(made) });
    expect(await open()).toHaveLength(1);
    await mailed();
  });

  it('lets in one of two who accept it at once', async () => {
    const made = await invite();
    const asked = await Promise.all(
      [GUEST, 'other@other.example'].map(async (email) => {
        const response = await call('POST', '/api/session/code', undefined, { email, invitation: tokenOf(made) });
        return { email, cookie: response.headers.getSetCookie()[0]!.split(';')[0] };
      }),
    );
    const entered = await Promise.all(
      asked.map(async ({ email, cookie }) =>
        call('POST', '/api/session', cookie, { email, code: await mailbox.code(email) }),
      ),
    );
    expect(entered.map(({ status }) => status).sort()).toEqual([200, 404]);
  });

  it('for an e-mail is for nobody else', async () => {
    const made = await invite(GUEST);
    expect(await accept(made, 'else@other.example')).toBeUndefined();
    expect((await accept(made, GUEST))!.status).toBe(200);
  });

  it('survives a restart, in a file that only the owner reads and that does not hold the token', async () => {
    const made = await invite();
    const kept = await readFile(server.path('invitations.json'), 'utf8');
    expect(kept).not.toContain(tokenOf(made));
    expect((await stat(server.path('invitations.json'))).mode & 0o777).toBe(0o600);
    await server.restart();

    expect((await accept(made, GUEST))!.status).toBe(200);
  });

  it('ends after seven days', async () => {
    const made = await invite();
    jest.useFakeTimers({ now: Date.now() + 7 * 86_400_000 + 1, doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });
    expect(await accept(made, GUEST)).toBeUndefined();
  });

  it('of somebody who is no admin any more is void', async () => {
    await server.end();
    server = await TestServer.start({ ...PROVEN, SMTP_URL: mailbox.url, ADMINS: 'root@acme.com, chief@acme.com' });
    root = await server.identify(ROOT);
    const made = await invite();
    const kept = JSON.parse(await server.read('invitations.json')) as object;
    const gone = JSON.stringify(kept).replaceAll(ROOT, 'was-admin@acme.com');
    await server.restart(() => writeFile(server.path('invitations.json'), gone));

    expect(await accept(made, GUEST)).toBeUndefined();
  });

  it('does not bring a removed member back, unless it was made for that member after the removal', async () => {
    const [anybody, before] = [await invite(), await invite('ana@acme.com')];
    const admin = await server.join(ROOT);
    await admin.do('member:access', { member: 'ana@acme.com', access: 'none' });
    const later = await invite();
    for (const made of [anybody, before, later]) expect(await accept(made, 'ana@acme.com')).toBeUndefined();

    const meant = await invite('ana@acme.com');
    expect(await (await accept(meant, 'ana@acme.com'))!.json()).toMatchObject({ role: 'member' });
  });

  it('is logged without its token, when it is made and when it is accepted', async () => {
    const made = await invite();
    await accept(made, GUEST);
    const noted = server.log.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as object);
    expect(noted).toContainEqual(expect.objectContaining({ event: 'invited', by: ROOT, detail: made.id }));
    const accepted = { event: 'invitation-accepted', by: GUEST, about: ROOT, detail: made.id };
    expect(noted).toContainEqual(expect.objectContaining(accepted));
    expect(server.log.lines.join()).not.toContain(tokenOf(made));
  });
});
