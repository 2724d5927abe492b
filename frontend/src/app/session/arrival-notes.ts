import { DestroyRef, Service, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { TranslocoService } from '@jsverse/transloco';
import { localPartOf } from 'backend/contract';
import { buffer, debounceTime, share } from 'rxjs';
import { PresenceStore, type Arrival } from '../realtime/presence-store';
import { MembersStore } from '../members/members-store';
import { Alerts, type QuietLine } from '../ui/alerts';

/** Arrivals within this time are collected, so that a group of people is one toast and not twenty. */
const COLLECT_MS = 300;

/** Notifies this person who else connects or leaves (B9): one quiet line at a time, several people in one sentence. */
@Service()
export class ArrivalNotes {
  private readonly alerts = inject(Alerts);
  private readonly transloco = inject(TranslocoService);
  private readonly members = inject(MembersStore);
  private readonly destroyed = inject(DestroyRef);
  private readonly arrivals = inject(PresenceStore).arrivals.pipe(share());
  /** Those whom the line has not shown yet: it may wait for a dialog. Of each person only what happened last. */
  private readonly unseen = new Map<string, Arrival>();
  private readonly line: QuietLine = {
    text: () => this.text([...this.unseen.values()]),
    shown: () => this.unseen.clear(),
  };

  start(): void {
    this.arrivals
      .pipe(buffer(this.arrivals.pipe(debounceTime(COLLECT_MS))), takeUntilDestroyed(this.destroyed))
      .subscribe((arrivals) => this.notify(arrivals));
  }

  private notify(arrivals: readonly Arrival[]): void {
    const text = this.text(arrivals);
    if (text === '') return;
    this.alerts.announce(text);
    // Taken out first: the order is that of what happened last.
    for (const arrival of arrivals) {
      this.unseen.delete(arrival.email);
      this.unseen.set(arrival.email, arrival);
    }
    this.alerts.quietly(this.line);
  }

  private text(arrivals: readonly Arrival[]): string {
    return [this.sentence(arrivals, 'joined'), this.sentence(arrivals, 'left')].filter(Boolean).join('. ');
  }

  private sentence(arrivals: readonly Arrival[], kind: Arrival['kind']): string {
    const emails = new Set(arrivals.filter((arrival) => arrival.kind === kind).map(({ email }) => email));
    const [email, ...others] = emails;
    if (email === undefined) return '';
    if (others.length === 0) {
      return this.transloco.translate(kind === 'joined' ? 'presence.joined.one' : 'presence.left.one', {
        email: this.members.labelOf(email),
      });
    }
    const names = { first: this.nameOf(email), second: this.nameOf(others[0] ?? ''), count: others.length - 1 };
    if (others.length === 1) {
      return this.transloco.translate(kind === 'joined' ? 'presence.joined.two' : 'presence.left.two', names);
    }
    return this.transloco.translate(kind === 'joined' ? 'presence.joined.other' : 'presence.left.other', names);
  }

  private nameOf(email: string): string {
    return this.members.nameOf(email) || localPartOf(email);
  }
}
