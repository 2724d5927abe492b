import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { decodeJwt, SignJWT } from 'jose';
import { io } from 'socket.io-client';
import { identify } from '../../test/client.js';
import { leave } from '../../test/leave.js';
import { TestServer } from '../../test/server.js';

const SECRET = 'a key of the owner, thirty-two characters or more';
const LISTED = 'https://lonja.acme.com';

describe('whoever connects', () => {
  let server: TestServer;
  beforeEach(async () => (server = await TestServer.start({ SESSION_SECRET: SECRET, ORIGINS: LISTED })));
  afterEach(() => server.end());

  /** Who sends when a socket has this cookie. */
  const author = async (cookie: string | undefined) => {
    const client = await server.tab(cookie);
    const { n } = await client.do('chat:send', { text: 'soy yo' });
    await client.join(null);
    const { messages } = await client.snapshot();
    return messages.find((message) => message.n === n)?.by;
  };
  const isVisitor = async (cookie: string | undefined) =>
    (await (await server.tab(cookie)).refused('chat:send', { text: 'x' })).code === 'UNIDENTIFIED';

  it('is the member of the session in the cookie', async () => {
    expect(await author(await identify(server.url, 'Ana@Acme.com'))).toBe('ana@acme.com');
  });

  it('is the member also when other cookies stand around it', async () => {
    const cookie = await identify(server.url, 'ana@acme.com');

    expect(await author(`a=b; ${cookie}; c="d"`)).toBe('ana@acme.com');
  });

  it('is a visitor without a cookie', async () => {
    expect(await isVisitor(undefined)).toBe(true);
  });

  it.each(['', 'x', 'a.b.c', '..', '%', '{}', 'x'.repeat(4_000)])('is a visitor with the token %j', async (token) => {
    expect(await isVisitor(`lonja_session=${token}`)).toBe(true);
  });

  describe('with a token', () => {
    let session: string | undefined;
    beforeEach(async () => {
      const [, token = ''] = (await identify(server.url, 'ana@acme.com')).split('=');
      session = decodeJwt(token).jti;
    });
    const claims = () => new SignJWT({ sub: 'ana@acme.com', jti: session }).setProtectedHeader({ alg: 'HS256' });
    const key = (text: string) => new TextEncoder().encode(text);
    const cookie = (token: string) => `lonja_session=${token}`;

    it('that the server signed is that member', async () => {
      expect(await author(cookie(await claims().setExpirationTime('1m').sign(key(SECRET))))).toBe('ana@acme.com');
    });

    it('that has expired is a visitor', async () => {
      const past = Math.floor(Date.now() / 1_000) - 1;

      expect(await isVisitor(cookie(await claims().setExpirationTime(past).sign(key(SECRET))))).toBe(true);
    });

    it('that another server signed is a visitor', async () => {
      const foreign = 'the key of another server, also long enough';

      expect(await isVisitor(cookie(await claims().setExpirationTime('1m').sign(key(foreign))))).toBe(true);
    });

    it('that was changed after it was signed is a visitor', async () => {
      const [head, , signature] = (await claims().setExpirationTime('1m').sign(key(SECRET))).split('.');
      const body = Buffer.from(`{"sub":"beto@acme.com","jti":"${session}","exp":99999999999}`).toString('base64url');

      expect(await isVisitor(cookie(`${head}.${body}.${signature}`))).toBe(true);
    });

    it('that nobody signed is a visitor', async () => {
      const head = Buffer.from('{"alg":"none"}').toString('base64url');
      const body = Buffer.from(`{"sub":"ana@acme.com","jti":"${session}","exp":99999999999}`).toString('base64url');

      expect(await isVisitor(cookie(`${head}.${body}.`))).toBe(true);
    });

    it('that names a session which there is not is a visitor', async () => {
      const stale = new SignJWT({ sub: 'ana@acme.com', jti: 'another' }).setProtectedHeader({ alg: 'HS256' });
      expect(await isVisitor(cookie(await stale.setExpirationTime('1m').sign(key(SECRET))))).toBe(true);
    });

    it('that names the session of somebody else is a visitor', async () => {
      const foreign = new SignJWT({ sub: 'beto@acme.com', jti: session! }).setProtectedHeader({ alg: 'HS256' });
      expect(await isVisitor(cookie(await foreign.setExpirationTime('1m').sign(key(SECRET))))).toBe(true);
    });

    it('that names no session, or nobody, is a visitor', async () => {
      const sign = (payload: object) =>
        new SignJWT({ ...payload }).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1m').sign(key(SECRET));

      expect(await isVisitor(cookie(await sign({ sub: 'ana@acme.com' })))).toBe(true);
      expect(await isVisitor(cookie(await sign({ jti: session })))).toBe(true);
    });
  });

  describe.each(['websocket', 'polling'] as const)('by %s', (transport) => {
    it.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])(
      'is turned away from the page of %s',
      async (origin) => {
        expect(await reaches(server.url, transport, { origin })).toBe(false);
      },
    );

    it('may come from the server’s own page, from a listed one, and from no page', async () => {
      expect(await reaches(server.url, transport, { origin: server.url })).toBe(true);
      expect(await reaches(server.url, transport, { origin: LISTED })).toBe(true);
      expect(await reaches(server.url, transport, {})).toBe(true);
    });
  });
});

/** Whether a page can open a socket. */
function reaches(url: string, transport: 'websocket' | 'polling', extraHeaders: Record<string, string>) {
  const socket = io(url, { transports: [transport], forceNew: true, reconnection: false, extraHeaders });
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('connect_error', () => resolve(false));
  }).finally(() => leave(socket));
}
