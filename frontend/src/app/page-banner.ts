import { Component, inject, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { SinceVisit } from './past/since-visit';
import { Connection } from './realtime/connection';
import { SessionStore } from './session/session-store';
import { DataAge } from './ui/data-age';
import { Icon } from './ui/icon';
import { OfflineNote } from './ui/offline-note';
import { PageVersion } from './ui/page-version';

/**
 * Below the bar, when something is not as usual with the whole page: what it is, what that means for what one does, and the
 * way out where there is one. One thing at a time; a session that has ended is said besides, because it needs somebody. And, for
 * who comes back, how much happened since.
 */
@Component({
  selector: 'app-page-banner',
  imports: [DataAge, Icon, MatButtonModule, OfflineNote, SinceVisit, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (session.ended()) {
        <div class="banner" role="alert" data-testid="session-ended">
          <app-icon name="account" /><span>{{ t('session.ended') }}</span>
          <button matButton="tonal" type="button" (click)="enter.emit()">{{ t('session.again') }}</button>
        </div>
      }
      @if (connection.reloadNeeded() || version.outdated()) {
        <div class="banner" role="alert" data-testid="new-version">
          <app-icon name="info" /><span>{{ t('app.reload') }}</span>
          <button matButton="tonal" type="button" (click)="reload()">{{ t('app.reloadNow') }}</button>
        </div>
      } @else if (session.shut()) {
        <!-- Whoever sees nothing needs not know how old it would be. -->
      } @else if (connection.shownAsOf(); as at) {
        <app-data-age [at]="at" />
      } @else if (connection.ready() && !connection.online()) {
        <div class="banner" role="status" data-testid="offline-since">
          <app-icon name="waiting" /><span><app-offline-note /></span>
        </div>
      } @else if (connection.storageFull()) {
        <div class="banner full" role="alert" data-testid="storage-full">
          <app-icon name="info" /><span>{{ t('app.storageFull') }}</span>
        </div>
      }
      @if (!session.shut()) {
        <app-since-visit />
      }
    </ng-container>
  `,
  styles: `
    .banner {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
      align-items: center;
      padding: var(--space-2) var(--space-4);
      background: var(--notice-surface);
      color: var(--notice-text);
    }
    .full {
      background: var(--danger-surface);
      color: var(--danger-text);
    }
    /* Long text is broken beside its icon instead of standing below it; only the button may go to a line of its own. */
    span {
      flex: 1 1 14rem;
    }
    @media (width < 64rem) {
      .banner {
        padding-inline: var(--space-3);
      }
    }
  `,
})
export class PageBanner {
  protected readonly connection = inject(Connection);
  protected readonly session = inject(SessionStore);
  protected readonly version = inject(PageVersion);

  /** Somebody wants to identify again. */
  readonly enter = output();

  protected reload(): void {
    void this.version.reload();
  }
}
