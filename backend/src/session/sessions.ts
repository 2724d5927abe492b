import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { Subject } from 'rxjs';
import { Secret } from './secret.js';

/** Seconds that somebody stays identified without coming back. */
export const SESSION_SECONDS = 30 * 24 * 60 * 60;
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
    const token = await new SignJWT()
      .setProtectedHeader({ alg: ALGORITHM })
      .setSubject(member)
      .setJti(randomUUID())
      .setExpirationTime(`${SESSION_SECONDS}s`)
      .sign(this.secret.key);
    return { email: member, token };
  }

  /** Who the token says it is; undefined when there is none, or it is forged or expired. */
  async identify(token: string | undefined): Promise<Identity | undefined> {
    if (!token) return undefined;
    try {
      const { payload } = await jwtVerify(token, this.secret.key, { algorithms: [ALGORITHM] });
      return payload.sub && payload.jti ? { email: payload.sub, session: payload.jti } : undefined;
    } catch (error) {
      // Anybody can send anything as a cookie; what does not verify is a visitor's.
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }

  /** The member leaves: the sockets of that session are closed. */
  leave(session: string): void {
    this.ended.next(session);
  }
}

/** One person, however they type it: compared in lower case, NFC. */
function normalise(email: string): string {
  return email.normalize('NFC').toLowerCase();
}
