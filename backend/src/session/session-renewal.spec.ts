import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt, SignJWT } from 'jose';
import { TestServer } from '../../test/server.js';

const SECRET = 'a key of the owner, thirty-two characters or more';
const HOUR_S = 60 * 60;
const DAY_S = 24 * HOUR_S;

describe('a session that is used', () => {
  let server: TestServer;
  let session: string | undefined;
  beforeEach(async () => {
    server = await TestServer.start({ SESSION_SECRET: SECRET });
    const cookie = await server.identify('ana@acme.com');
    session = decodeJwt(cookie.slice('lonja_session='.length)).jti;
  });
  afterEach(() => server.end());

  const show = (cookie: string) => fetch(`${server.url}/api/session`, { headers: { cookie } });
  /** The cookie of a session as it is when it has so many seconds left. */
  const cookieWith = async (seconds: number) => {
    const expires = Math.floor(Date.now() / 1_000) + seconds;
    const claims = new SignJWT({ sub: 'ana@acme.com', jti: session }).setProtectedHeader({ alg: 'HS256' });
    return `lonja_session=${await claims.setExpirationTime(expires).sign(new TextEncoder().encode(SECRET))}`;
  };

  it('lasts another 30 days, when it is more than a day old: the same session, with a new token', async () => {
    const response = await show(await cookieWith(29 * DAY_S - HOUR_S));

    expect(await response.json()).toMatchObject({ email: 'ana@acme.com' });
    const [cookie] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^lonja_session=[^;]+; Max-Age=2592000; Path=\/; .*HttpOnly; SameSite=Lax$/);
    const token = cookie!.slice('lonja_session='.length, cookie!.indexOf(';'));
    const { sub, jti, exp } = decodeJwt(token);
    expect({ sub, jti }).toEqual({ sub: 'ana@acme.com', jti: session });
    expect(exp! - Date.now() / 1_000).toBeGreaterThan(30 * DAY_S - HOUR_S);
    expect(await (await show(`lonja_session=${token}`)).json()).toMatchObject({ email: 'ana@acme.com' });
  });

  it('keeps its token for a day', async () => {
    const response = await show(await cookieWith(29 * DAY_S + HOUR_S));

    expect(await response.json()).toMatchObject({ email: 'ana@acme.com' });
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  it('is over when it has expired: it is not renewed', async () => {
    const response = await show(await cookieWith(-1));

    expect(await response.json()).toMatchObject({ email: null });
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});
