import { Injectable, Logger } from '@nestjs/common';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  clockTolerance,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
} from 'openid-client';
import { Config } from '../../config.js';
import type { SignIn } from './pending-sign-ins.js';
import { failureOf, SignInFailed } from './sign-in-failed.js';
import type { Claims } from './verified-email.js';

const SCOPE = 'openid email profile';
const ANSWER_SECONDS = 10;
/** How far the provider's clock may be from this one's. */
const CLOCK_SECONDS = 30;

/**
 * The company's identity provider (OpenID Connect: authorization code flow with PKCE). The library checks what comes back: state,
 * issuer, nonce, audience, expiry and, with the provider's keys, the signature. Whatever fails is a `SignInFailed`.
 */
@Injectable()
export class IdentityProvider {
  private readonly logger = new Logger(IdentityProvider.name);
  private found: Promise<Configuration> | undefined;

  constructor(private readonly config: Config) {}

  /** To which address the browser goes. */
  async location({ state, nonce, verifier, callback }: SignIn): Promise<string> {
    const provider = await this.discovered();
    return buildAuthorizationUrl(provider, {
      redirect_uri: callback,
      scope: SCOPE,
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).href;
  }

  /**
   * What the provider says of whoever has come back.
   * @param query of the request that brought the browser back, with the question mark
   */
  async claims({ state, nonce, verifier, callback }: SignIn, query: string): Promise<Claims> {
    const provider = await this.discovered();
    try {
      const url = new URL(callback);
      url.search = query;
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
      const tokens = await authorizationCodeGrant(provider, url, checks);
      const claims = tokens.claims();
      if (!claims) throw new SignInFailed('failed', 'no ID token');
      // Some say it only when they are asked: OpenID Connect Core, 5.4.
      if (claims['email'] !== undefined) return claims;
      return { ...(await fetchUserInfo(provider, tokens.access_token, claims.sub)), iss: claims.iss };
    } catch (error) {
      throw this.noted(error);
    }
  }

  /** What the provider says of itself: asked for once, and again after a failure. */
  private async discovered(): Promise<Configuration> {
    const found = (this.found ??= this.discover());
    try {
      return await found;
    } catch (error) {
      if (this.found === found) this.found = undefined;
      const { detail } = this.noted(error);
      // Without what it says of itself nobody can go there, whatever the reason is.
      throw new SignInFailed('unreachable', detail);
    }
  }

  private discover(): Promise<Configuration> {
    const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: id, OIDC_CLIENT_SECRET: secret } = this.config;
    // Marked as deprecated to make it stand out; the settings allow it on this machine only.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const insecure = issuer.startsWith('http:') ? [allowInsecureRequests] : [];
    return discovery(new URL(issuer), id, { [clockTolerance]: CLOCK_SECONDS }, authentication(secret), {
      timeout: ANSWER_SECONDS,
      execute: [enableNonRepudiationChecks, ...insecure],
    });
  }

  /** The owner must know what is wrong with the settings, or with the provider: in a word, which is none of the provider's. */
  private noted(error: unknown): SignInFailed {
    if (error instanceof SignInFailed) return error;
    const failed = failureOf(error);
    if (!failed) throw error;
    if (failed.failure !== 'denied')
      this.logger.warn(`The identity provider did not sign anybody in (${failed.detail}).`);
    return failed;
  }
}

/** In the body where the provider takes that, as most do; otherwise in the header, which all must take where there are passwords. */
function authentication(secret: string): ClientAuth {
  if (secret === '') return None();
  const [inBody, inHeader] = [ClientSecretPost(secret), ClientSecretBasic(secret)];
  return (server, ...rest) => {
    const isInBody = server.token_endpoint_auth_methods_supported?.includes('client_secret_post');
    (isInBody ? inBody : inHeader)(server, ...rest);
  };
}
