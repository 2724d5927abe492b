import { DestroyRef, Service, computed, effect, inject, linkedSignal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import type { CatchUp, Mark, PlaceInTime, Resumed, Snapshot } from 'backend/contract';
import { Connection } from '../realtime/connection';
import { growingDelay } from '../realtime/growing-delay';
import { Member } from '../realtime/member';
import { RealtimeSocket } from '../realtime/realtime-socket';
import { Attention } from '../ui/attention';

/** Between two moves of the mark, in ms: it says as of when somebody was here, which needs no seconds. */
const MOVE_INTERVAL_MS = 60_000;
/** Who has not looked at the page for longer comes back, in ms: what happened meanwhile has not been seen. */
const AWAY_MS = 600_000;

/** What happened since the last visit, in numbers. */
export interface Missed {
  readonly from: PlaceInTime;
  /** The number of the newest record in it. */
  readonly upTo: number;
  readonly changes: number;
  readonly messages: number;
}

/** Whether the member knows what happened: not known yet, yes, being asked, or what was missed. */
type Standing = 'unknown' | 'current' | 'asking' | Missed;

/**
 * Up to where this member has caught up, on whatever device: the server keeps it. It moves along with whoever looks at the page;
 * who comes back after something happened says when that was seen.
 */
@Service()
export class VisitMark {
  private readonly connection = inject(Connection);
  private readonly member = inject(Member);
  private readonly mark = this.ofMember<PlaceInTime | undefined>(undefined);
  private readonly standing = this.ofMember<Standing>('unknown');
  /** When somebody looked at it last, in ms; undefined while somebody does. */
  private leftAt: number | undefined;
  private question = 0;
  private attempts = 0;
  private moving: ReturnType<typeof setInterval> | undefined;
  private asking: ReturnType<typeof setTimeout> | undefined;

  /** Where the mark is; undefined for a visitor, and while it is not known. */
  readonly place = this.mark.asReadonly();
  /** Null while nothing was, or that is not known. */
  readonly missed = computed(() => {
    const standing = this.standing();
    return typeof standing === 'string' ? null : standing;
  });

  constructor() {
    const attention = inject(Attention);
    this.connection.joined.pipe(takeUntilDestroyed()).subscribe((answer) => this.joined(answer));
    inject(RealtimeSocket)
      .visits.pipe(takeUntilDestroyed())
      .subscribe((mark) => this.heard(mark));
    effect(() => {
      const isThere = attention.given() && this.connection.online();
      untracked(() => (isThere ? this.came() : this.left()));
    });
    inject(DestroyRef).onDestroy(() => {
      clearInterval(this.moving);
      clearTimeout(this.asking);
    });
  }

  /** The member has seen what happened up to that record. */
  seen(n: number): void {
    this.question++;
    this.standing.set('current');
    this.move(n);
  }

  private joined({ n, visit }: Resumed | Snapshot): void {
    if (!visit) return;
    this.mark.set(visit);
    // What comes after a short cut is seen by who looks at the page; `came` knows whether somebody does.
    if (this.standing() === 'current') return;
    if (visit.n >= n) this.standing.set('current');
    else void this.ask(n);
  }

  /** Another device of this member has caught up. */
  private heard({ n }: Mark): void {
    if (n <= (this.mark()?.n ?? 0)) return;
    this.mark.set({ n, at: new Date().toISOString() });
    const missed = this.missed();
    if (!missed) return;
    if (n >= missed.upTo) this.standing.set('current');
    else void this.ask(missed.upTo);
  }

  private came(): void {
    const away = Date.now() - (this.leftAt ?? Date.now());
    this.leftAt = undefined;
    if (this.standing() === 'current' && away > AWAY_MS) void this.ask(this.connection.applied);
    this.moving ??= setInterval(() => this.move(), MOVE_INTERVAL_MS);
  }

  private left(): void {
    clearInterval(this.moving);
    this.moving = undefined;
    if (this.leftAt !== undefined) return;
    this.leftAt = Date.now();
    this.move();
  }

  /** What is not answered is sent again the next time. */
  private move(n = this.connection.applied): void {
    const mark = this.mark();
    if (this.standing() !== 'current' || !mark || n <= mark.n || !this.connection.online()) return;
    void this.connection.request('mark:set', { n, of: 'visit' }).then((answer) => {
      if (answer.ok) this.mark.set({ n: answer.data.n, at: new Date().toISOString() });
    });
  }

  /** @param upTo the record that the answer must have come to: the index of the server may be behind */
  private async ask(upTo: number): Promise<void> {
    const from = this.mark();
    if (!from) return;
    clearTimeout(this.asking);
    this.standing.set('asking');
    const question = ++this.question;
    const answer = await this.connection.request('catch-up', { from: { n: from.n } });
    // Without an answer it is asked again after the next join.
    if (question !== this.question || this.standing() !== 'asking' || !answer.ok) return;
    if (answer.data.n < upTo) this.asking = setTimeout(() => void this.ask(upTo), growingDelay(this.attempts++));
    else this.answered(from, answer.data);
  }

  private answered(from: PlaceInTime, { to, totals }: CatchUp): void {
    this.attempts = 0;
    const changes = totals.added + totals.removed + totals.changed;
    const messages = totals.mentions + totals.messages;
    const isSeen = changes + messages === 0 || (this.mark()?.n ?? 0) >= to.n;
    this.standing.set(isSeen ? 'current' : { from, upTo: to.n, changes, messages });
    if (isSeen) this.move(to.n);
  }

  /** The answer to the join may be here before it is known whose it is; what one member has seen says nothing of the next. */
  private ofMember<Value>(nothing: Value) {
    return linkedSignal<string | null, Value>({
      source: this.member.email,
      computation: (_, before) => (before?.source === null ? before.value : nothing),
    });
  }
}
