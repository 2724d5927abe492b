import type { Browser, BrowserContext, BrowserContextOptions } from '@playwright/test';
import { createHmac, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Person } from './person.ts';
import { Server } from './server.ts';

const SECRET = 'a secret that only this test and its server know';

/** A server where e-mails are proven. Root is its admin, Lee may only read, and everybody else of acme.com is a member. */
const SETTINGS: NodeJS.ProcessEnv = {
  AUTH: 'code',
  MEMBERS: '*@acme.com',
  READERS: 'lee@acme.com',
  ADMINS: 'root@acme.com',
  // Nobody listens there: who is in these tests has proven the e-mail on an earlier visit.
  SMTP_URL: 'smtp://127.0.0.1:9',
  SESSION_SECRET: SECRET,
};

/** A sign-in of an earlier visit. */
interface SignIn {
  readonly name: string;
  /** The `User-Agent` of the browser. */
  readonly device?: string;
}

/** Such a server, and those who are signed in there, each sign-in with its cookie. */
export class ProvenServer {
  readonly server: Server;
  private readonly cookies: ReadonlyMap<string, string>;

  private constructor(server: Server, cookies: ReadonlyMap<string, string>) {
    this.server = server;
    this.cookies = cookies;
  }

  /** @param signIns by a name for each, such as `ana's phone` @param settings further ones */
  static async start(
    signIns: Readonly<Record<string, SignIn>>,
    past = '',
    zone?: string,
    settings: NodeJS.ProcessEnv = {},
  ): Promise<ProvenServer> {
    const server = new Server(past, zone, { ...SETTINGS, ...settings });
    const at = new Date().toISOString();
    const sessions: Record<string, object> = {};
    const cookies = new Map<string, string>();
    for (const [key, { name, device = '' }] of Object.entries(signIns)) {
      const [id, email] = [randomUUID(), `${name}@acme.com`];
      sessions[id] = { email, device, since: at, seen: at };
      cookies.set(key, token(email, id));
    }
    writeFileSync(join(server.data, 'sessions.json'), `${JSON.stringify({ format: 1, sessions })}\n`, { mode: 0o600 });
    await server.start();
    return new ProvenServer(server, cookies);
  }

  /** Opens the page with that sign-in, in a browser of its own. */
  async person(browser: Browser, key: string, options?: BrowserContextOptions): Promise<Person> {
    const context = await browser.newContext(options);
    await this.signIn(context, key);
    const [name = key] = key.split(' ');
    const person = await Person.in(context, this.server, null, name);
    await person.isUpToDate();
    return person;
  }

  /** Gives the browser the cookie of that sign-in. */
  async signIn(context: BrowserContext, key: string): Promise<void> {
    const value = this.cookies.get(key);
    if (value === undefined) throw new Error(`Nobody has signed in as ${key}.`);
    await context.addCookies([{ name: 'lonja_session', value, url: this.server.url, httpOnly: true, sameSite: 'Lax' }]);
  }
}

/** As the server signs it: a JSON Web Token (RFC 7519). */
function token(email: string, session: string): string {
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
  const exp = Math.floor(Date.now() / 1_000) + 24 * 60 * 60;
  const signed = `${part({ alg: 'HS256' })}.${part({ sub: email, jti: session, exp })}`;
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}
