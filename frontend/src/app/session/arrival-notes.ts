import { DestroyRef, Service, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { TranslocoService } from '@jsverse/transloco';
import { buffer, debounceTime, share } from 'rxjs';
import { PresenceStore, type Arrival } from '../realtime/presence-store';
import { Alerts } from '../ui/alerts';

/** Arrivals within this time are collected, so that a group of people is one toast and not twenty. */
const COLLECT_MS = 300;

/** Notifies this person who else connects or leaves (B9): one toast at a time, several people in one sentence. */
@Service()
export class ArrivalNotes {
  private readonly alerts = inject(Alerts);
  private readonly transloco = inject(TranslocoService);
  private readonly destroyed = inject(DestroyRef);
  private readonly arrivals = inject(PresenceStore).arrivals.pipe(share());

  start(): void {
    this.arrivals
      .pipe(buffer(this.arrivals.pipe(debounceTime(COLLECT_MS))), takeUntilDestroyed(this.destroyed))
      .subscribe((arrivals) => this.notify(arrivals));
  }

  private notify(arrivals: readonly Arrival[]): void {
    const sentences = [this.sentence(arrivals, 'joined'), this.sentence(arrivals, 'left')].filter(Boolean);
    if (sentences.length > 0) this.alerts.toast(sentences.join('. '));
  }

  private sentence(arrivals: readonly Arrival[], kind: Arrival['kind']): string {
    const emails = new Set(arrivals.filter((arrival) => arrival.kind === kind).map(({ email }) => email));
    const [email] = emails;
    if (email === undefined) return '';
    if (emails.size > 1) {
      const count = emails.size;
      return this.transloco.translate(kind === 'joined' ? 'presence.joined.other' : 'presence.left.other', { count });
    }
    return this.transloco.translate(kind === 'joined' ? 'presence.joined.one' : 'presence.left.one', { email });
  }
}
