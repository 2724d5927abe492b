import { Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { WriteAccess } from '../members/write-access';
import { SessionStore } from '../session/session-store';
import { PagePath } from '../ui/page-path';
import { AdminReport } from './admin-report';
import { translocoOfAdmin } from './admin-texts';

/** `/admin`: how the server is, for admins; for everybody else why they do not see it, and the way to the board. */
@Component({
  selector: 'app-admin-page',
  imports: [AdminReport, MatButtonModule, TranslocoDirective],
  template: `
    <main *transloco="let t" data-testid="admin">
      <a matButton="text" href="/" data-testid="to-board" (click)="path.follow($event, '/')"
        >← {{ t('admin.toBoard') }}</a
      >
      <h2>{{ t('admin.heading') }}</h2>
      @if (session.loading()) {
        <p role="status">{{ t('app.loading') }}</p>
      } @else if (access.isAdmin()) {
        <app-admin-report />
      } @else {
        <p class="panel" data-testid="admin-refused">{{ t('admin.refused.' + why(), { email: session.email() }) }}</p>
      }
    </main>
  `,
  styles: `
    :host {
      display: block;
      flex: 1;
      min-block-size: 0;
      overflow: auto;
    }
    main {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--space-3);
      max-inline-size: 46rem;
      margin-inline: auto;
      padding: var(--space-3) var(--space-4) calc(var(--space-4) + env(safe-area-inset-bottom));
    }
    a {
      justify-self: start;
      margin-inline-start: calc(-1 * var(--space-3));
      min-block-size: var(--target);
    }
    h2 {
      font-size: 1.375rem;
    }
    p {
      margin: 0;
    }
    .panel {
      padding: var(--space-4);
      overflow-wrap: anywhere;
    }
    @media (width < 40rem) {
      main {
        padding-inline: var(--space-3);
      }
    }
  `,
})
export class AdminPage {
  protected readonly access = inject(WriteAccess);
  protected readonly path = inject(PagePath);
  protected readonly session = inject(SessionStore);

  protected readonly why = computed(() => {
    if (this.session.proof() === 'open') return 'open';
    return this.session.email() === null ? 'visitor' : 'member';
  });

  constructor() {
    translocoOfAdmin();
  }
}
