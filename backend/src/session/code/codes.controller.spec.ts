import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Mailbox } from '../../../test/mailbox.js';
import { PROVEN } from '../../../test/proven.js';
import { TestServer } from '../../../test/server.js';
import type { Refused } from '../../contract/index.js';
import { MembersService } from '../../members/members.service.js';
import { Mailer } from './mailer.js';
import { mails } from './measured.js';

const ANA = 'ana@acme.com';
const STRANGER = 'eve@evil.example';

describe('identification by a code', () => {
  let mailbox: Mailbox;
  let server: TestServer;
  beforeEach(async () => {
    mailbox = await Mailbox.open();
    server = await TestServer.start({ ...PROVEN, SMTP_URL: mailbox.url, TRUST_PROXY: 'yes' });
  });
  afterEach(async () => {
    jest.useRealTimers();
    await server.end();
    await mailbox.close();
  });

  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const cookieOf = (response: Response) => response.headers.getSetCookie()[0]!.split(';')[0]!;
  /** The cookie of the browser that asked. */
  const ask = async (email = ANA, headers: Record<string, string> = {}) => {
    const response = await post('/api/session/code', { email }, headers);
    expect(response.status).toBe(202);
    return cookieOf(response);
  };
  const enter = (code: string, cookie: string, email = ANA) => post('/api/session', { email, code }, { cookie });
  const refused = async (answer: Promise<Response>): Promise<Refused> => {
    const { error } = (await (await answer).json()) as { error: Refused };
    return error;
  };
  const rule = async (answer: Promise<Response>) => {
    const { code, fields } = await refused(answer);
    return [code, fields?.[0]];
  };
  const NOT_LIVE = ['NOT_FOUND', { field: 'code', rule: 'isLive' }];
  const wrong = (code: string) => String((Number(code.replace(' ', '')) + 1) % 10 ** 8).padStart(8, '0');
  /** Asks until everything that was queued for the mail server is done. */
  const mailed = () => server.get(Mailer).settled();

  it('opens a session with the code that came by mail, as typed or pasted, once', async () => {
    const cookie = await ask('Ana@ACME.com');
    const code = await mailbox.code(ANA);

    const opened = await enter(code, cookie);
    expect(opened.status).toBe(200);
    expect(await opened.json()).toEqual({ email: ANA, role: 'member', proof: 'code' });
    const cookies = opened.headers.getSetCookie();
    expect(cookies[0]).toMatch(/^lonja_session=/);
    expect(cookies[1]).toMatch(/^lonja_code=; .*1970/);
    expect(await rule(enter(code, cookie))).toEqual(NOT_LIVE);
  });

  it('binds the code to the browser by a cookie that scripts cannot read', async () => {
    const [cookie] = (await post('/api/session/code', { email: ANA })).headers.getSetCookie();
    expect(cookie).toMatch(/^lonja_code=[\w-]{43}; Max-Age=600; Path=\/; .*HttpOnly; SameSite=Lax$/);
    const tls = await post('/api/session/code', { email: ANA }, { 'x-forwarded-proto': 'https' });
    expect(tls.headers.getSetCookie()[0]).toMatch(/^__Host-lonja_code=.*; Secure; SameSite=Lax$/);

    const other = await ask(STRANGER);
    expect(await rule(enter(await mailbox.code(ANA), other))).toEqual(NOT_LIVE);
    expect(await rule(enter(await mailbox.code(ANA), 'lonja_code=x'))).toEqual(NOT_LIVE);
  });

  it('is refused with a code that is none, or missing', async () => {
    const cookie = await ask();
    for (const code of ['', '1234567', '123456789', 'abcdefgh', '1234-5678'])
      expect(await refused(enter(code, cookie))).toMatchObject({ code: 'INVALID', fields: [{ field: 'code' }] });
    expect(await refused(post('/api/session', { email: ANA }, { cookie }))).toMatchObject({
      code: 'INVALID',
      fields: [{ field: 'code', rule: 'isDefined' }],
    });
  });

  it('takes five tries, and then not even the right one', async () => {
    const cookie = await ask();
    const code = await mailbox.code(ANA);
    for (let attempt = 0; attempt < 4; attempt++)
      expect(await rule(enter(wrong(code), cookie))).toEqual(['FORBIDDEN', { field: 'code', rule: 'isRight' }]);
    expect(await rule(enter(wrong(code), cookie))).toEqual(['FORBIDDEN', { field: 'code', rule: 'triesLeft' }]);
    expect(await rule(enter(code, cookie))).toEqual(NOT_LIVE);
  });

  it('takes the newest code of a browser only', async () => {
    const cookie = await ask();
    const first = await mailbox.code(ANA);
    const again = await ask(ANA, { cookie });
    const second = await mailbox.code(ANA, 2);

    expect(await rule(enter(first, cookie))).toEqual(NOT_LIVE);
    expect((await enter(second, again)).status).toBe(200);
  });

  it('takes a code for ten minutes', async () => {
    const cookie = await ask();
    const code = await mailbox.code(ANA);
    jest.useFakeTimers({ now: Date.now() + 10 * 60_000 + 1, doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });

    expect(await rule(enter(code, cookie))).toEqual(NOT_LIVE);
  });

  it('answers everybody alike, byte for byte, and mails only to those who may come in', async () => {
    const root = await server.join('root@acme.com');
    await root.do('member:access', { member: 'out@acme.com', access: 'none' });
    const seen: unknown[] = [];
    for (const email of [ANA, STRANGER, 'out@acme.com', 'lee@acme.com']) {
      const asked = await post('/api/session/code', { email });
      const headers = [...asked.headers].filter(([name]) => !['set-cookie', 'date'].includes(name));
      const tried = await enter('00000000', cookieOf(asked), email);
      seen.push([asked.status, headers, await asked.text(), tried.status, await tried.text()]);
    }
    await mailed();

    for (const one of seen) expect(one).toEqual(seen[0]);
    expect(mailbox.mails.map(({ to }) => to)).toEqual([ANA, 'lee@acme.com']);
  });

  it('does not ask who may come in before it has answered', async () => {
    const members = server.get(MembersService);
    const asked = jest.spyOn(members, 'roleOf');
    const answered: string[] = [];
    for (const email of [ANA, STRANGER]) {
      const cookie = await ask(email);
      await enter('00000000', cookie, email);
      answered.push(...asked.mock.calls.map(([who]) => who).filter((who) => who === email));
      await mailed();
    }
    // By the mail only, and that is made for everybody.
    expect(answered.length).toBeLessThanOrEqual(2);
    expect(asked.mock.calls.filter(([who]) => who === STRANGER)).toHaveLength(1);
    expect(asked.mock.calls.filter(([who]) => who === ANA)).toHaveLength(1);
  });

  it('is over for somebody who was removed after the code was sent', async () => {
    const cookie = await ask();
    const code = await mailbox.code(ANA);
    const root = await server.join('root@acme.com');
    await root.do('member:access', { member: ANA, access: 'none' });

    expect(await rule(enter(code, cookie))).toEqual(NOT_LIVE);
  });

  it('limits how often a code is asked for an address, over all networks, and says when to come back', async () => {
    for (const email of [ANA, STRANGER]) {
      const began = performance.now();
      for (let network = 0; network < 5; network++) await ask(email, { 'x-forwarded-for': `10.0.${network}.1` });
      const response = await post('/api/session/code', { email }, { 'x-forwarded-for': '10.0.9.1' });
      expect(response.status).toBe(429);
      const seconds = Number(response.headers.get('retry-after'));
      expect(seconds).toBeGreaterThanOrEqual(15 * 60 - Math.ceil((performance.now() - began) / 1_000));
      expect(seconds).toBeLessThanOrEqual(15 * 60);
      expect(await response.json()).toMatchObject({
        error: { code: 'RATE_LIMITED', retry: true, retryAfter: seconds },
      });
    }
  });

  it('limits how often a network asks and tries, and believes only what the proxy itself has seen', async () => {
    const from = (address: string) => ({ 'x-forwarded-for': `203.0.113.9, ${address}` });
    for (let person = 0; person < 60; person++) await ask(`p${person}@acme.com`, from(`10.1.1.${person}`));
    expect((await post('/api/session/code', { email: ANA }, from('10.1.1.99'))).status).toBe(429);
    await ask(ANA, from('10.1.2.1'));

    for (let attempt = 0; attempt < 100; attempt++)
      await post('/api/session', { email: ANA, code: '00000000' }, from('10.1.3.1'));
    expect((await post('/api/session', { email: ANA, code: '00000000' }, from('10.1.3.2'))).status).toBe(429);
    await mailed();
  });

  it('logs who asked, entered, failed and was limited, without codes', async () => {
    const cookie = await ask();
    const code = await mailbox.code(ANA);
    await enter(wrong(code), cookie);
    await enter(code, cookie);
    for (let index = 0; index < 6; index++) await post('/api/session/code', { email: ANA }, { cookie });
    const noted = server.log.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as object);

    expect(noted).toMatchObject([
      { event: 'code-asked', about: ANA, network: '127.0.0.0/24' },
      { event: 'code-failed', about: ANA, detail: 'isRight' },
      { event: 'entered', by: ANA },
      ...Array.from({ length: 4 }, () => ({ event: 'code-asked', about: ANA })),
      { event: 'limited', about: ANA, detail: 'askOfAddress' },
    ]);
    expect(server.log.lines.join()).not.toMatch(new RegExp(`${code}|${code.replace(' ', '')}|${cookie.slice(11)}`));
    await mailed();
  });

  it.each(['refuses the recipient', 'is down'])(
    'answers the same when the mail server %s, and logs no address',
    async (how) => {
      const counted: string[] = [];
      const counting = mails.subscribe((result) => counted.push(result));
      if (how === 'is down') await mailbox.close();
      else mailbox.refuses = true;
      await ask();
      await ask(STRANGER);
      await mailed();

      counting.unsubscribe();

      expect(counted).toEqual(['failed']);
      const errors = server.log.errors.splice(0);
      expect(errors).toEqual([
        expect.stringMatching(
          /^127\.0\.0\.1:\d+ has not taken a mail \((?:EENVELOPE 550|ESOCKET|ECONN\w+)\): see SMTP_URL\.$/,
        ),
      ]);
      if (how === 'is down') mailbox = await Mailbox.open();
    },
  );

  it('says at the start that no mail server is there: nobody would come in', async () => {
    await server.end();
    const SMTP_URL = mailbox.url;
    await mailbox.close();
    server = await TestServer.start({ ...PROVEN, SMTP_URL });
    await server.get(Mailer).checked;
    expect(server.log.lines).toContainEqual(
      expect.stringMatching(/^127\.0\.0\.1:\d+ takes no mail \(E\w+\), so nobody gets a code: see SMTP_URL\.$/),
    );
    mailbox = await Mailbox.open();
  });

  it('is no way in where the e-mail is believed', async () => {
    await server.end();
    server = await TestServer.start();
    expect(await refused(post('/api/session/code', { email: ANA }))).toMatchObject({ code: 'FORBIDDEN' });
  });
});
