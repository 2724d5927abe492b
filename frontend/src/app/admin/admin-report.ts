import { Component, DestroyRef, computed, effect, inject, untracked, viewChild } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { AuditPanel } from '../session/account/audit-panel';
import { timeOf } from '../ui/instant';
import { RefusalNote } from '../ui/refusal';
import { AdminStatusStore } from './admin-status-store';
import { BackupSection } from './backup-section';
import { FollowersSection } from './followers-section';
import { GrowthSection } from './growth-section';
import { HealthSection } from './health-section';
import { PeopleSection } from './people-section';
import { SizesSection } from './sizes-section';

/** Lines of the audit that are enough to see whether something is going on. */
const AUDIT_LINES = 10;

/** Everything that admins are told, in one column; asked for again while it is in sight. */
@Component({
  selector: 'app-admin-report',
  imports: [
    AuditPanel,
    BackupSection,
    FollowersSection,
    GrowthSection,
    HealthSection,
    MatButtonModule,
    PeopleSection,
    RefusalNote,
    SizesSection,
    TranslocoDirective,
  ],
  template: `
    <ng-container *transloco="let t">
      @if (store.failed(); as refusal) {
        <app-refusal [refusal]="refusal" />
        <button matButton="tonal" type="button" (click)="store.load()">{{ t('unsent.retry') }}</button>
      }
      @if (store.status(); as status) {
        <p class="quiet" data-testid="admin-updated">{{ t('admin.updated', { time: time() }) }}</p>
        <app-health-section [status]="status" />
        <app-backup-section [backup]="status.backup" />
        <app-sizes-section [sizes]="status.sizes" />
        <app-growth-section [growth]="status.growth" />
        <app-people-section [people]="status.people" [online]="status.online" />
        <app-followers-section [followers]="status.followers" />
        <section class="panel" aria-labelledby="admin-audit">
          <h3 id="admin-audit">{{ t('admin.audit') }}</h3>
          <app-audit-panel [most]="auditLines" />
        </section>
      } @else if (!store.failed()) {
        <p role="status">{{ t('app.loading') }}</p>
      }
    </ng-container>
  `,
  styleUrl: './admin-report.scss',
})
export class AdminReport {
  protected readonly store = inject(AdminStatusStore);
  private readonly audit = viewChild(AuditPanel);
  protected readonly auditLines = AUDIT_LINES;
  protected readonly time = computed(() => timeOf(this.store.status()?.at ?? ''));

  constructor() {
    this.store.follow();
    inject(DestroyRef).onDestroy(() => this.store.unfollow());
    const running = computed(() => this.store.status()?.backup.running !== undefined);
    let ran = false;
    effect(() => {
      const runs = running();
      // What has ended is noted there.
      if (ran && !runs) void untracked(() => this.audit()?.load());
      ran = runs;
    });
  }
}
