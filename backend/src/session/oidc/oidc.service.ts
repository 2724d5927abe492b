import { Injectable } from '@nestjs/common';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { Audit } from '../../audit/audit.js';
import { OIDC_PATH } from '../../contract/index.js';
import { Refusal } from '../../errors/refusal.js';
import { Rates } from '../../rates/rates.js';
import { Invitations } from '../invitations/invitations.js';
import type { From } from '../sessions.js';
import { IdentityProvider } from './identity-provider.js';
import { PendingSignIns } from './pending-sign-ins.js';
import { SignInFailed } from './sign-in-failed.js';
import { verifiedEmail } from './verified-email.js';

/** Somebody who is to go to the identity provider. */
interface Begun {
  /** For the browser's cookie. */
  readonly browser: string;
  readonly location: string;
}

/** What a browser brings back. */
export interface Returned {
  /** From its cookie. */
  readonly browser: string | undefined;
  readonly state: unknown;
  /** All of the query, with the question mark. */
  readonly query: string;
}

/** Proves e-mails by an identity provider. */
@Injectable()
export class OidcService {
  private readonly pending = new PendingSignIns();

  constructor(
    private readonly provider: IdentityProvider,
    private readonly invitations: Invitations,
    private readonly rates: Rates,
    private readonly audit: Audit,
  ) {}

  /**
   * Begins a sign-in. Throws `SignInFailed`.
   * @param page the address of the page that this browser has
   * @param token of an invitation
   */
  async begin(page: string, token: string | undefined, from: From): Promise<Begun> {
    return this.audited(from, async () => {
      await this.count(from);
      const signIn = {
        state: randomState(),
        nonce: randomNonce(),
        verifier: randomPKCECodeVerifier(),
        callback: `${page}${OIDC_PATH}/callback`,
        invitation: this.invitations.hashOf(token),
      };
      const location = await this.provider.location(signIn);
      return { browser: this.pending.add(signIn), location };
    });
  }

  /** The e-mail that is proven, of somebody who may come in; an invitation is accepted. Throws `SignInFailed`. */
  async finish({ browser, state, query }: Returned, from: From): Promise<string> {
    return this.audited(from, async () => {
      await this.count(from);
      const signIn = this.pending.take(browser, state);
      if (!signIn) throw new SignInFailed('expired');
      const email = verifiedEmail(await this.provider.claims(signIn, query));
      await this.invitations.accept(signIn.invitation, email);
      if (!this.invitations.letIn(email, undefined)) throw new SignInFailed('not-member', 'not-member', email);
      return email;
    });
  }

  private async count({ network }: From): Promise<void> {
    try {
      await this.rates.take('identify', { network });
    } catch (error) {
      throw error instanceof Refusal ? new SignInFailed('later') : error;
    }
  }

  private async audited<Result>({ network }: From, attempt: () => Promise<Result>): Promise<Result> {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof SignInFailed && error.failure !== 'later')
        this.audit.note({ event: 'refused', about: error.email, network, detail: `oidc ${error.detail}` });
      throw error;
    }
  }
}
