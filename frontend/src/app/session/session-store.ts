import { HttpClient } from '@angular/common/http';
import { Service, computed, inject, signal } from '@angular/core';
import {
  CODE_PATH,
  SESSION_PATH,
  SESSIONS_PATH,
  type CodeAsked,
  type Proof,
  type Refused,
  type Session,
} from 'backend/contract';
import { firstValueFrom, type Observable } from 'rxjs';
import { Connection } from '../realtime/connection';
import type { FeedChange } from '../realtime/feed';
import { growingDelay } from '../realtime/growing-delay';
import { Member } from '../realtime/member';
import { RealtimeSocket } from '../realtime/realtime-socket';
import { ForeignPictures } from '../ui/foreign-pictures';
import { refusalOf } from './refusal-of';

/** Who somebody is, and what that person may do. */
type Person = Pick<Session, 'email' | 'role'>;
const NOBODY: Person = { email: null };
/** Where visitors see nothing. */
const PROVEN: readonly Proof[] = ['code', 'oidc'];

/**
 * Who is at this page (B6, B10). The cookie knows; the page asks for it at the start and after each connect, because
 * another tab of the same browser may have left or identified as somebody else meanwhile. Commands are sent only after
 * that: what Ana submitted offline must not be sent in the name of another member of the new handshake.
 */
@Service()
export class SessionStore {
  private readonly http = inject(HttpClient);
  private readonly connection = inject(Connection);
  private readonly member = inject(Member);
  private readonly foreignPictures = inject(ForeignPictures);
  private readonly asking = signal(true);
  /** Which question is the current one; the answer to an older one may be about an older cookie. */
  private turn = 0;
  private attempts = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** In lower case, NFC; null for a visitor. */
  readonly email = this.member.email;
  private readonly proofAsked = signal<Proof>('open');
  /** How somebody identifies here. */
  readonly proof = this.proofAsked.asReadonly();
  private readonly currencyCode = signal('');
  /** Of the prices (ISO 4217); empty where none is configured. */
  readonly currency = this.currencyCode.asReadonly();
  private readonly hasEnded = signal(false);
  /** Whether this page had a member whose session ended elsewhere: in another tab, or because its time was over. */
  readonly ended = this.hasEnded.asReadonly();
  /** Whether it is not known yet who this is. */
  readonly loading = this.asking.asReadonly();

  /** Whether whoever is here may see nothing: e-mails are proven, and nobody's is. */
  readonly shut = computed(() => !this.asking() && this.email() === null && PROVEN.includes(this.proofAsked()));

  constructor() {
    this.connection.listen((change) => this.follow(change));
    inject(RealtimeSocket).connected.subscribe((online) => {
      if (online) void this.refresh();
    });
    void this.refresh();
  }

  /** Resolves to null when the server knows this page as that person now, otherwise to why not. */
  async identify(email: string, code?: string): Promise<Refused | null> {
    const body = { email, ...(code !== undefined && { code }) };
    return this.act(this.http.post<Session>(SESSION_PATH, body), (session) => session);
  }

  /** Lets the server send a code there, in that language, if that person may come in: it does not say. */
  async askCode(email: string, invitation: string | undefined, language: string): Promise<CodeAsked | Refused> {
    const body = { email, ...(invitation !== undefined && { invitation }) };
    const headers = { 'Accept-Language': language };
    try {
      return await firstValueFrom(this.http.post<CodeAsked>(CODE_PATH, body, { headers }));
    } catch (failure) {
      return refusalOf(failure);
    }
  }

  /** Resolves to null when the session is over; otherwise the person is still identified. */
  async leave(): Promise<Refused | null> {
    return this.act(this.http.delete(SESSION_PATH), () => NOBODY);
  }

  /** The same on all devices of this member. */
  async leaveEverywhere(): Promise<Refused | null> {
    return this.act(this.http.delete(SESSIONS_PATH), () => NOBODY);
  }

  private async act<Body>(request: Observable<Body>, personIn: (body: Body) => Person): Promise<Refused | null> {
    try {
      this.become(personIn(await firstValueFrom(request)));
      this.hasEnded.set(false);
      this.turn++;
      // The handshake carries the cookie, so only a new connection is somebody else's.
      this.connection.reopen();
      return null;
    } catch (failure) {
      return refusalOf(failure);
    }
  }

  private async refresh(): Promise<void> {
    clearTimeout(this.timer);
    const turn = ++this.turn;
    try {
      const session = await firstValueFrom(this.http.get<Session>(SESSION_PATH));
      if (turn !== this.turn) return;
      this.attempts = 0;
      this.currencyCode.set(session.currency ?? '');
      this.proofAsked.set(session.proof);
      this.foreignPictures.set(session.foreignPictures);
      this.hasEnded.update((ended) => session.email === null && (ended || this.member.email() !== null));
      this.become(session);
      this.connection.admit();
    } catch {
      // No network, or no server yet. Who was known stays known; the next connect asks again, and so does a while.
      if (turn === this.turn && (this.asking() || this.connection.online())) this.refreshLater();
    }
  }

  private refreshLater(): void {
    this.timer = setTimeout(() => void this.refresh(), growingDelay(this.attempts++));
  }

  /** An admin has changed what this member may do: that holds at once. The server is asked too, which knows who is out. */
  private follow(change: FeedChange): void {
    if (change.kind !== 'records') return;
    const email = this.member.email();
    for (const record of change.records) {
      if (record.type !== 'member-access-set' || record.member !== email) continue;
      if (record.access !== 'none') this.member.become(email, record.access);
      void this.refresh();
    }
  }

  private become({ email, role }: Person): void {
    this.asking.set(false);
    if (email !== this.member.email()) this.connection.hold();
    this.member.become(email, role);
    // What a member could read is not left behind for whoever opens this browser next.
    if (email === null) this.connection.forget();
  }
}
