import { afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Account, SigningIn, TestIdentityProvider } from '../../../test/identity-provider.js';
import { fewInADay } from '../../../test/rates.js';
import { TestServer } from '../../../test/server.js';
import type { MadeInvitation, Refused, Session } from '../../contract/index.js';

const ANA = 'ana@acme.com';
const isCallback = (address: string) => address.includes('/api/session/oidc/callback');

describe('signing in at an identity provider', () => {
  let provider: TestIdentityProvider;
  let server: TestServer;
  let browser: SigningIn;
  beforeAll(() => fewInADay('identify'));
  beforeEach(async () => {
    // It says that it is not set up for more than a test.
    for (const kind of ['warn', 'info'] as const) jest.spyOn(console, kind).mockReturnValue(undefined);
    provider = await TestIdentityProvider.open();
    server = await TestServer.start({
      ...provider.settings,
      MEMBERS: '*@acme.com',
      ADMINS: 'root@acme.com',
      TRUST_PROXY: 'yes',
    });
    provider.serve(server.url);
    provider.account = { email: 'Ana@ACME.com', email_verified: true };
    browser = new SigningIn();
  });
  afterEach(async () => {
    jest.useRealTimers();
    jest.restoreAllMocks();
    await server.end();
    await provider.close();
  });

  const start = () => `${server.url}/api/session/oidc`;
  /** Whom the server knows a browser as. */
  const member = async (who = browser) =>
    ((await (await who.fetch(`${server.url}/api/session`)).json()) as Session).email;
  /** The address by which the provider sends a browser back, which has not gone there. */
  const comingBack = (who = browser) => who.visit(start(), isCallback);
  const audited = () =>
    server.log.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as object);
  async function expectFailure(address: string, failure: string, who = browser): Promise<void> {
    const response = await who.fetch(address);
    expect([response.status, response.headers.get('location')]).toEqual([303, `/#sign-in=${failure}`]);
    expect(await member(who)).toBeNull();
  }

  it('goes there with PKCE, state and nonce, and comes back as a member', async () => {
    const response = await browser.fetch(start());
    expect(response.status).toBe(302);
    const { origin, searchParams } = new URL(response.headers.get('location')!);
    expect(origin).toBe(provider.issuer);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: 'lonja',
      response_type: 'code',
      scope: 'openid email profile',
      redirect_uri: `${start()}/callback`,
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^lonja_oidc=[\w-]{43}; Max-Age=600; Path=\/; .*HttpOnly; SameSite=Lax$/),
    ]);

    const callback = await comingBack();
    const back = await browser.fetch(callback);
    expect([back.status, back.headers.get('location')]).toEqual([303, '/']);
    expect(back.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^lonja_session=/),
      expect.stringMatching(/^lonja_oidc=; .*1970/),
    ]);
    const session = await browser.fetch(`${server.url}/api/session`);
    expect(await session.json()).toEqual({ email: ANA, role: 'member', proof: 'oidc' });
    expect(audited()).toEqual([expect.objectContaining({ event: 'entered', by: ANA, network: '127.0.0.1' })]);
    expect(server.log.lines.join()).not.toContain(new URL(callback).searchParams.get('code'));
  });

  it('asks the provider for the e-mail where its token does not have it', async () => {
    provider.serve(server.url, { conformIdTokenClaims: true });
    await browser.visit(await comingBack());
    expect(await member()).toBe(ANA);
  });

  it('keeps the browser over TLS by a cookie that only this host can set', async () => {
    const response = await browser.fetch(start(), { headers: { 'x-forwarded-proto': 'https' } });
    expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-lonja_oidc=.*; Secure; SameSite=Lax$/);
    expect(new URL(response.headers.get('location')!).searchParams.get('redirect_uri')).toMatch(/^https:/);
  });

  it.each([
    ['an e-mail that is not verified', { email: ANA, email_verified: false }, 'not-verified'],
    ['an e-mail of which nothing is said', { email: ANA }, 'not-verified'],
    ['no e-mail', {}, 'not-verified'],
    ['somebody who may not come in', { email: 'eve@evil.example', email_verified: true }, 'not-member'],
    ['what is no e-mail', { email: 'ana acme', email_verified: true }, 'failed'],
  ])('refuses %s', async (_what, account: Account, failure) => {
    provider.account = account;
    await expectFailure(await comingBack(), failure);
    const about = account.email?.includes('@') && { about: account.email };
    expect(audited()).toEqual([expect.objectContaining({ event: 'refused', ...about })]);
  });

  it('refuses another state, and the right answer is still good then', async () => {
    const callback = await comingBack();
    const other = new URL(callback);
    other.searchParams.set('state', 'x'.repeat(43));
    await expectFailure(other.href, 'expired');
    other.searchParams.delete('state');
    await expectFailure(other.href, 'expired');

    await browser.visit(callback);
    expect(await member()).toBe(ANA);
  });

  it('refuses a token that was made for another sign-in', async () => {
    const there = new URL((await browser.fetch(start())).headers.get('location')!);
    there.searchParams.set('nonce', 'of-another-sign-in');
    await expectFailure(await browser.visit(there.href, isCallback), 'failed');
  });

  it('refuses an answer that names another issuer', async () => {
    const callback = new URL(await comingBack());
    callback.searchParams.set('iss', 'https://other.example');
    await expectFailure(callback.href, 'failed');
  });

  it('refuses a code that another browser has got', async () => {
    const stolen = new URL(await comingBack(new SigningIn())).searchParams.get('code')!;
    const callback = new URL(await comingBack());
    callback.searchParams.set('code', stolen);
    await expectFailure(callback.href, 'failed');
    expect(audited()).toEqual([expect.objectContaining({ event: 'refused', detail: 'oidc invalid_grant' })]);
  });

  it('refuses an answer in a browser that did not ask, or that has asked something else', async () => {
    const callback = await comingBack();
    await expectFailure(callback, 'expired', new SigningIn());
    const other = new SigningIn();
    await comingBack(other);
    await expectFailure(callback, 'expired', other);
  });

  it('takes an answer once, and a code once', async () => {
    const callback = await comingBack();
    await browser.visit(callback);
    await browser.fetch(`${server.url}/api/session`, { method: 'DELETE' });
    await expectFailure(callback, 'expired');

    const again = new URL(await comingBack());
    again.searchParams.set('code', new URL(callback).searchParams.get('code')!);
    await expectFailure(again.href, 'failed');
  });

  it('takes an answer for ten minutes', async () => {
    const callback = await comingBack();
    jest.useFakeTimers({ now: Date.now() + 10 * 60_000 + 1, doNotFake: ['nextTick', 'setImmediate', 'setTimeout'] });
    await expectFailure(callback, 'expired');
  });

  it.each([
    ['access_denied', 'denied'],
    ['temporarily_unavailable', 'unreachable'],
    ['<script>alert(1)</script>', 'failed'],
  ])('says what the provider refused with %s, in words of its own', async (error, failure) => {
    const { searchParams } = new URL((await browser.fetch(start())).headers.get('location')!);
    const answer = { error, error_description: '<b>no</b>', state: searchParams.get('state')!, iss: provider.issuer };
    await expectFailure(`${start()}/callback?${new URLSearchParams(answer).toString()}`, failure);
    expect(server.log.lines.join()).not.toContain('<');
  });

  it('says it when the person does not want to', async () => {
    provider.denies = true;
    await expectFailure(await comingBack(), 'denied');
  });

  it('leads to its own page only', async () => {
    const callback = await comingBack();
    const response = await browser.fetch(`${callback}&return=https://evil.example&redirect_uri=//evil.example`);
    expect(response.headers.get('location')).toBe('/');
  });

  it('says that the provider does not answer, at either end, and tries anew the next time', async () => {
    provider.isDown = true;
    await expectFailure(start(), 'unreachable');
    provider.isDown = false;
    const callback = await comingBack();
    provider.isDown = true;
    await expectFailure(callback, 'unreachable');
    provider.isDown = false;
    await browser.visit(start(), (address) => new URL(address).pathname === '/');
    expect(await member()).toBe(ANA);
  });

  it('says so too when nothing listens there, to a page as a refusal that names the reason', async () => {
    await provider.close();
    await expectFailure(start(), 'unreachable');
    const response = await post({});
    expect(response.status).toBe(500);
    const { error } = (await response.json()) as { error: Refused };
    expect(error.fields).toEqual([{ field: 'provider', rule: 'unreachable' }]);
    expect(server.log.lines.join('\n')).toContain('did not sign anybody in (ECONNREFUSED)');
    provider = await TestIdentityProvider.open();
  });

  const post = (body: object, headers: Record<string, string> = {}, who = browser) =>
    who.fetch(start(), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  it('lets somebody in by an invitation, once, whose token is in no address', async () => {
    provider.account = { email: 'guest@other.example', email_verified: true };
    const root = await server.identify('root@acme.com');
    const made = (await (
      await fetch(`${server.url}/api/invitations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: root },
        body: '{}',
      })
    ).json()) as MadeInvitation;
    const invitation = made.link.slice(made.link.indexOf('=') + 1);
    const { location } = (await (await post({ invitation })).json()) as { location: string };
    expect(location).not.toContain(invitation);
    await browser.visit(location, (address) => new URL(address).pathname === '/');
    expect(await member()).toBe('guest@other.example');

    provider.account = { email: 'second@other.example', email_verified: true };
    const second = new SigningIn();
    const next = (await (await post({ invitation }, {}, second)).json()) as { location: string };
    await expectFailure(await second.visit(next.location, isCallback), 'not-member', second);
  });

  it('is begun by its own page, and by no other', async () => {
    expect((await post({}, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({}, { origin: server.url })).status).toBe(200);
    expect((await post({ invitation: 'short' })).status).toBe(400);
    expect((await post({ next: '//evil.example' })).status).toBe(400);
  });

  it('is limited by network', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.7' };
    for (let count = 0; count < 100; count++) await browser.fetch(`${start()}/callback`, { headers });
    const response = await browser.fetch(`${start()}/callback`, { headers });
    expect(response.headers.get('location')).toBe('/#sign-in=later');
    expect((await post({}, headers)).status).toBe(429);
    expect((await browser.fetch(start())).status).toBe(302);
  });

  it('does not believe an e-mail that is only typed', async () => {
    const response = await browser.fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: ANA }),
    });
    expect(response.status).toBe(403);
  });
});
