import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

const KEY = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ format: 'jwk' });
const CLIENT = { id: 'lonja', secret: 'a secret between the two' };

/** What the provider says of whoever signs in there. */
export interface Account {
  readonly email?: string;
  readonly email_verified?: boolean;
}

/** A real OpenID Connect provider on a free port, where whoever comes is signed in as `account` without being asked. */
export class TestIdentityProvider {
  account: Account = {};
  /** Whether the person there says no. */
  denies = false;
  /** Whether something in front of it answers for it, with 502. */
  isDown = false;
  private provider: Provider | undefined;
  private readonly server = createServer((request, response) => void this.answer(request, response));

  static async open(): Promise<TestIdentityProvider> {
    const opened = new TestIdentityProvider();
    const listening = once(opened.server, 'listening');
    opened.server.listen(0, '127.0.0.1');
    await listening;
    return opened;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Settings of a server whose members sign in here. */
  get settings(): NodeJS.ProcessEnv {
    return { AUTH: 'oidc', OIDC_ISSUER: this.issuer, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret };
  }

  /** Lets the page at that address send people here. */
  serve(page: string, settings: Configuration = {}): void {
    const callback = new URL('/api/session/oidc/callback', page).href;
    this.provider = new Provider(this.issuer, {
      clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [callback] }],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      // In the ID token, as Google, Microsoft and Keycloak have them.
      conformIdTokenClaims: false,
      cookies: { keys: ['of a test'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context, { uid }) => `/sign-in/${uid}` },
      jwks: { keys: [KEY] },
      pkce: { required: () => true },
      findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...this.account }) }),
      loadExistingGrant: async ({ oidc }) => {
        const accountId = oidc.session?.accountId;
        const grant = new oidc.provider.Grant({ clientId: CLIENT.id, ...(accountId && { accountId }) });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
      renderError: (context, out) => void (context.body = out.error),
      ...settings,
    });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.isDown || !this.provider) response.writeHead(502).end();
    else if (request.url?.startsWith('/sign-in/'))
      await this.provider.interactionFinished(request, response, this.result());
    else await this.provider.callback()(request, response);
  }

  private result() {
    if (this.denies) return { error: 'access_denied', error_description: '<b>said no</b>' };
    return { login: { accountId: 'somebody' } };
  }
}

/** A browser as far as signing in goes: it keeps cookies, for each origin, and goes where it is sent. */
export class SigningIn {
  private readonly cookies = new Map<string, Map<string, string>>();

  /** Where it is when nobody sends it further, or when `until` says so. */
  async visit(address: string, until: (address: string) => boolean = () => false): Promise<string> {
    for (let at = address; ;) {
      if (until(at)) return at;
      const response = await this.fetch(at);
      const location = response.headers.get('location');
      if (location === null) return at;
      at = new URL(location, at).href;
    }
  }

  async fetch(address: string, init: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(address);
    const jar = this.cookies.get(origin) ?? new Map<string, string>();
    this.cookies.set(origin, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Record<string, string> | undefined), ...(cookie && { cookie }) };
    const response = await fetch(address, { ...init, headers, redirect: 'manual' });
    for (const each of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }
}
