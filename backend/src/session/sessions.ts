import { Injectable, type OnModuleInit } from '@nestjs/common';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { Subject } from 'rxjs';
import { Journal } from '../journal/index.js';
import { MembersService } from '../members/members.service.js';
import { normaliseEmail } from '../validation/email.js';
import { Secret } from './secret.js';
import { type KeptSession, SessionRegistry } from './session-registry.js';

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

/** From where, and with what, somebody comes: an IP address as `networkOf` has it, a browser's `User-Agent`. */
export interface From {
  readonly network?: string | undefined;
  readonly device?: string | undefined;
}

interface Opened extends From {
  readonly email: string;
}

/** Makes, reads and ends sessions: a signed, expiring token that names one of those in the registry. */
@Injectable()
export class Sessions implements OnModuleInit {
  private readonly opened = new Subject<Opened>();
  private readonly ended = new Subject<Identity>();
  readonly opens = this.opened.asObservable();
  /** Sessions that were ended: by their members, or because those may not come in any more. */
  readonly ends = this.ended.asObservable();

  constructor(
    private readonly secret: Secret,
    private readonly registry: SessionRegistry,
    private readonly members: MembersService,
    private readonly journal: Journal,
  ) {}

  onModuleInit(): void {
    this.members.accessChanges.subscribe(({ member: email }) => {
      // Whoever may still read keeps the session; what may be done with it is judged anew each time.
      if (!this.members.roleOf(email)) void this.endAll(email).catch(() => undefined);
    });
  }

  /**
   * A session for an e-mail that has the form of one, and is that of whoever asks as far as this server wants to know.
   */
  async open(email: string, from: From = {}): Promise<{ readonly email: string; readonly token: string }> {
    const member = normaliseEmail(email);
    const session = await this.registry.add(member, from.device ?? '', unusedSince());
    this.opened.next({ email: member, ...from });
    return { email: member, token: await this.sign({ email: member, session }) };
  }

  /** Who the token says it is; undefined when there is none, it is forged or expired, or its session has ended. */
  async identify(token: string | undefined): Promise<Identity | undefined> {
    const payload = token ? await this.verify(token) : undefined;
    return payload && this.identityIn(payload);
  }

  /** A token of the same session that lasts 30 days from now; undefined while this one is good for nearly as long. */
  async renew(token: string | undefined): Promise<string | undefined> {
    const payload = token ? await this.verify(token) : undefined;
    const identity = payload && this.identityIn(payload);
    if (!identity) return undefined;
    const secondsLeft = (payload.exp ?? 0) - Date.now() / 1_000;
    return secondsLeft < SESSION_SECONDS - UNTIL_RENEWAL_SECONDS ? this.sign(identity) : undefined;
  }

  /** Whether the session is there, and its member may come in. */
  isOpen({ email, session }: Identity): boolean {
    return this.registry.get(session)?.email === email && this.members.roleOf(email) !== undefined;
  }

  /** Those of a member, the last used first. */
  of(email: string): readonly (readonly [id: string, session: KeptSession])[] {
    return this.registry.of(email);
  }

  /** The e-mail of each session that somebody may still use: so many browsers are identified. */
  get emails(): readonly string[] {
    return this.registry.usedSince(unusedSince()).filter((email) => this.members.roleOf(email) !== undefined);
  }

  /** Ends one session. When it resolves that is on the disk, its sockets are closed, and nothing of it is stored any more. */
  async end(session: string): Promise<void> {
    await this.endEach([session]);
  }

  /** Ends all sessions of a member: see `end`. */
  async endAll(email: string): Promise<void> {
    await this.endEach(this.registry.of(email).map(([id]) => id));
  }

  private async endEach(sessions: readonly string[]): Promise<void> {
    const ended = sessions.map((session) => ({ email: this.registry.get(session)?.email ?? '', session }));
    const removed = this.registry.remove(sessions);
    for (const identity of ended) this.ended.next(identity);
    await Promise.all([removed, this.journal.settled()]);
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

  private identityIn({ sub: email, jti: session }: JWTPayload): Identity | undefined {
    if (!email || !session || !this.isOpen({ email, session })) return undefined;
    this.registry.use(session);
    return { email, session };
  }
}

/** A session that was last used before is over. */
function unusedSince(): Date {
  return new Date(Date.now() - SESSION_SECONDS * 1_000);
}
