import { InjectionToken, Service, inject, signal } from '@angular/core';
import type { Presence } from 'backend/contract';
import { Subject, type Observable } from 'rxjs';
import { Member } from './member';
import { RealtimeSocket } from './realtime-socket';

/** Milliseconds since some fixed instant; unlike the time of day it never jumps. */
export const CLOCK = new InjectionToken<() => number>('clock', { factory: () => () => performance.now() });

/** Somebody else came or went. */
export interface Arrival {
  readonly email: string;
  readonly kind: 'joined' | 'left';
}

/** For so long after connecting, in ms, those who reconnect after a restart of the server are not announced. */
const SETTLING_MS = 10_000;

const NOBODY: Presence = { members: [], visitors: 0 };

/** Who is online, and who has just come or gone (B9). While this page is offline nobody is. */
@Service()
export class PresenceStore {
  private readonly member = inject(Member);
  private readonly currentMembers = signal(NOBODY.members);
  private readonly currentVisitors = signal(NOBODY.visitors);
  private readonly arriving = new Subject<Arrival>();
  /** Whether a packet came over this connection: the first one says who is there, not who came. */
  private known = false;
  private readonly now = inject(CLOCK);
  /** When the connection was made, by that clock. */
  private since = 0;
  /** Who was here when the last connection broke. */
  private returning: readonly string[] = [];

  /** E-mails, sorted; one's own among them. */
  readonly members = this.currentMembers.asReadonly();
  /** Connections that have not identified. */
  readonly visitors = this.currentVisitors.asReadonly();
  /** Never about oneself, nor about what happened while this page was not connected, nor about who comes back with it. */
  readonly arrivals: Observable<Arrival> = this.arriving.asObservable();

  constructor() {
    const socket = inject(RealtimeSocket);
    socket.connected.subscribe(() => this.forget());
    socket.presence.subscribe((presence) => this.update(presence));
  }

  private forget(): void {
    this.known = false;
    this.since = this.now();
    if (this.members().length > 0) this.returning = this.members();
    this.show(NOBODY);
  }

  private update(presence: Presence): void {
    const before = this.currentMembers();
    this.show(presence);
    if (this.known) {
      const back = this.now() - this.since < SETTLING_MS ? this.returning : [];
      this.announce(presence.members, [...before, ...back], 'joined');
      this.announce(before, presence.members, 'left');
    }
    this.known = true;
  }

  private show({ members, visitors }: Presence): void {
    this.currentMembers.set(members);
    this.currentVisitors.set(visitors);
  }

  private announce(these: readonly string[], butNot: readonly string[], kind: Arrival['kind']): void {
    const known = new Set(butNot).add(this.member.email() ?? '');
    for (const email of these) if (!known.has(email)) this.arriving.next({ email, kind });
  }
}
