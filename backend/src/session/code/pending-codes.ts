import { createHmac, type KeyObject, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { CODE } from '../../contract/index.js';

/** Codes that may wait to be entered. Beyond it the oldest makes room: memory has a bound, whoever asks. */
const MOST_CODES = 10_000;

interface PendingCode {
  readonly email: string;
  readonly hash: Buffer;
  /** ms of the clock. */
  readonly expires: number;
  /** The invitation with which it was asked for. */
  readonly invitation: string | undefined;
  tries: number;
}

/** Why a code opened nothing, as the rule of the field `code`; or what was asked for with it. */
export type Entered =
  { readonly broke: 'isRight' | 'isLive' | 'triesLeft' } | { readonly broke?: never; readonly invitation?: string };

/**
 * The codes that can be entered now, in memory: a restart ends them. Each belongs to the browser that asked for it, to one e-mail,
 * and to one sign-in. What is kept is a keyed hash.
 */
export class PendingCodes {
  /** By the id of the browser, the oldest first. */
  private readonly codes = new Map<string, PendingCode>();

  constructor(private readonly key: () => KeyObject) {}

  get size(): number {
    return this.codes.size;
  }

  /** A new code, instead of the one that this browser had asked for before. */
  make(email: string, invitation: string | undefined, earlier: string | undefined): { browser: string; code: string } {
    if (earlier !== undefined) this.codes.delete(earlier);
    const browser = randomBytes(32).toString('base64url');
    const code = String(randomInt(10 ** CODE.digits)).padStart(CODE.digits, '0');
    const expires = Date.now() + CODE.seconds * 1_000;
    this.codes.set(browser, { email, hash: this.hash(browser, email, code), expires, invitation, tries: 0 });
    this.makeRoom();
    return { browser, code };
  }

  /** Whether this browser has a code for that e-mail. */
  isLive(browser: string, email: string): boolean {
    return this.find(browser, email) !== undefined;
  }

  /** Tries a code. A right one is used up, and so is one that was tried too often. */
  enter(browser: string, email: string, code: string): Entered {
    // The same work whether there is a code or not.
    const hash = this.hash(browser, email, code);
    const pending = this.find(browser, email);
    const isRight = timingSafeEqual(hash, pending?.hash ?? Buffer.alloc(hash.length));
    if (!pending) return { broke: 'isLive' };
    pending.tries++;
    if (isRight || pending.tries >= CODE.tries) this.codes.delete(browser);
    if (!isRight) return { broke: pending.tries >= CODE.tries ? 'triesLeft' : 'isRight' };
    return pending.invitation === undefined ? {} : { invitation: pending.invitation };
  }

  private find(browser: string, email: string): PendingCode | undefined {
    const pending = this.codes.get(browser);
    return pending?.email === email && pending.expires > Date.now() ? pending : undefined;
  }

  private makeRoom(): void {
    const now = Date.now();
    for (const [browser, { expires }] of this.codes) {
      if (expires > now && this.codes.size <= MOST_CODES) return;
      this.codes.delete(browser);
    }
  }

  private hash(browser: string, email: string, code: string): Buffer {
    return createHmac('sha256', this.key())
      .update(JSON.stringify(['code', browser, email, code]))
      .digest();
  }
}
