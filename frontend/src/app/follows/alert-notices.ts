import { DestroyRef, Service, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import type { Alert } from 'backend/contract';
import { MentionAlerts } from '../chat/mention-alerts';
import { Alerts } from '../ui/alerts';
import { AlertWords } from './alert-words';
import { FollowsStore } from './follows-store';

/** For how long the newest alert stands at the edge of the page; it is in the list afterwards. */
const SHOWN_MS = 8_000;

/** Says an alert when it comes: in a quiet line, to screen readers, and on the desktop when nobody looks. */
@Service()
export class AlertNotices {
  private readonly words = inject(AlertWords);
  private readonly alerts = inject(Alerts);
  private readonly desktop = inject(MentionAlerts);
  private readonly newest = signal<Alert | undefined>(undefined);
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** The alert of the quiet line. */
  readonly line = this.newest.asReadonly();

  constructor() {
    inject(FollowsStore)
      .arrivals.pipe(takeUntilDestroyed())
      .subscribe((alert) => this.came(alert));
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  dismiss(): void {
    clearTimeout(this.timer);
    this.newest.set(undefined);
  }

  private came(alert: Alert): void {
    const text = this.words.of(alert);
    this.dismiss();
    this.newest.set(alert);
    this.timer = setTimeout(() => this.dismiss(), SHOWN_MS);
    this.alerts.announce(text);
    this.desktop.notice(text, `lonja-${alert.n}-${alert.product}-${alert.kind}`);
  }
}
