import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { Subject } from 'rxjs';
import { Secret } from './secret.js';

/** Seconds that somebody stays identified without coming back. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;
/** Seconds of it that may be used up before it is renewed: not with each request, which would be a cookie each. */
const UNTIL_RENEWAL_SECONDS = 24 * 60 * 60;
const ALGORITHM = 'HS256';

/** Who a token says somebody is. */
export interface Identity {
  /** In lower case, NFC. */
  readonly email: string;
  /** The id of the session: one sign-in of one browser. */
  readonly session: string;
}

/** Makes and reads the signed, expiring tokens that say who somebody is. With `AUTH=open` the e-mail is believed. */
@Injectable()
export class Sessions {
  private readonly ended = new Subject<string>();

  /** Ids of sessions that their members chose to leave. */
  readonly left = this.ended.asObservable();

  constructor(private readonly secret: Secret) {}

  /** A token for an e-mail that has the form of one. */
  async open(email: string): Promise<{ readonly email: string; readonly token: string }> {
    const member = normalise(email);
    return { email: member, token: await this.sign({ email: member, session: randomUUID() }) };
  }

  /** Who the token says it is; undefined when there is none, or it is forged or expired. */
  async identify(token: string | undefined): Promise<Identity | undefined> {
    const payload = token ? await this.verify(token) : undefined;
    return payload && identityIn(payload);
  }

  /** A token of the same session that lasts 30 days from now; undefined while this one is good for nearly as long. */
  async renew(token: string | undefined): Promise<string | undefined> {
    const payload = token ? await this.verify(token) : undefined;
    const identity = payload && identityIn(payload);
    if (!identity) return undefined;
    const secondsLeft = (payload.exp ?? 0) - Date.now() / 1_000;
    return secondsLeft < SESSION_SECONDS - UNTIL_RENEWAL_SECONDS ? this.sign(identity) : undefined;
  }

  /** The member leaves: the sockets of that session are closed. */
  leave(session: string): void {
    this.ended.next(session);
  }

  private sign({ email, session }: Identity): Promise<string> {
    return new SignJWT()
      .setProtectedHeader({ alg: ALGORITHM })
      .setSubject(email)
      .setJti(session)
      .setExpirationTime(`${SESSION_SECONDS}s`)
      .sign(this.secret.key);
  }

  private async verify(token: string): Promise<JWTPayload | undefined> {
    try {
      return (await jwtVerify(token, this.secret.key, { algorithms: [ALGORITHM] })).payload;
    } catch (error) {
      // Anybody can send anything as a cookie; what does not verify is a visitor's.
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}

function identityIn({ sub: email, jti: session }: JWTPayload): Identity | undefined {
  return email && session ? { email, session } : undefined;
}

/** One person, however they type it: compared in lower case, NFC. */
function normalise(email: string): string {
  return email.normalize('NFC').toLowerCase();
}
