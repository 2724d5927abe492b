import { randomBytes } from 'node:crypto';

/** How long somebody may take at the identity provider. */
export const SIGN_IN_SECONDS = 10 * 60;
/** Sign-ins that may be under way. Beyond it the oldest makes room: memory has a bound, whoever begins them. */
const MOST_SIGN_INS = 10_000;

/** What must be known when the browser comes back. */
export interface SignIn {
  /** Comes back with the answer, unchanged. */
  readonly state: string;
  /** Stands in the provider's token, unchanged. */
  readonly nonce: string;
  /** Of PKCE (RFC 7636): the provider has seen its hash only, so who steals the answer cannot use it. */
  readonly verifier: string;
  /** The address to which the browser comes back. */
  readonly callback: string;
  /** What stands for the invitation with which it was begun. */
  readonly invitation: string | undefined;
}

/** Sign-ins that are under way, in memory: a restart ends them. Each belongs to one browser, and is good once. */
export class PendingSignIns {
  /** By the id of the browser, the oldest first. */
  private readonly signIns = new Map<string, SignIn & { readonly expires: number }>();

  get size(): number {
    return this.signIns.size;
  }

  /** The id for the browser's cookie: a new one each time, so that nobody can have put it there before. */
  add(signIn: SignIn): string {
    const browser = randomBytes(32).toString('base64url');
    this.signIns.set(browser, { ...signIn, expires: Date.now() + SIGN_IN_SECONDS * 1_000 });
    this.makeRoom();
    return browser;
  }

  /** Takes out the one of that browser with that state; others stay, so that a link to here ends nobody's sign-in. */
  take(browser: string | undefined, state: unknown): SignIn | undefined {
    const signIn = browser === undefined ? undefined : this.signIns.get(browser);
    if (browser === undefined || !signIn || signIn.state !== state || signIn.expires <= Date.now()) return undefined;
    this.signIns.delete(browser);
    return signIn;
  }

  private makeRoom(): void {
    const now = Date.now();
    for (const [browser, { expires }] of this.signIns) {
      if (expires > now && this.signIns.size <= MOST_SIGN_INS) return;
      this.signIns.delete(browser);
    }
  }
}
