import { Component, computed, effect, inject, input, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { BACKUP_STEPS, type BackupStatus, type Refused } from 'backend/contract';
import { agoOf } from '../ui/ago';
import { Alerts } from '../ui/alerts';
import { formatCount } from '../ui/amount';
import { dayAndTimeOf } from '../ui/instant';
import { RefusalNote } from '../ui/refusal';
import { AdminStatusStore } from './admin-status-store';
import { translocoOfAdmin } from './admin-texts';
import { bytesText } from './units';

/** When the last backup was, and one now. */
@Component({
  selector: 'app-backup-section',
  imports: [MatButtonModule, RefusalNote, TranslocoDirective],
  templateUrl: './backup-section.html',
  styleUrl: './admin-report.scss',
})
export class BackupSection {
  readonly backup = input.required<BackupStatus>();

  private readonly store = inject(AdminStatusStore);
  private readonly transloco = translocoOfAdmin();
  private readonly asking = signal(false);
  protected readonly refused = signal<Refused | null>(null);
  protected readonly busy = computed(() => this.asking() || this.backup().running !== undefined);

  protected readonly last = computed(() => {
    const { last, count = 0 } = this.backup();
    const language = this.transloco.activeLang();
    return (
      last && {
        name: last.name,
        when: `${dayAndTimeOf(last.at)} (${agoOf(last.at, language)})`,
        size: bytesText(last.bytes, language),
        n: formatCount(last.n, language),
        count: formatCount(count, language),
      }
    );
  });
  protected readonly progress = computed(() => {
    const { running } = this.backup();
    if (!running) return undefined;
    return { step: running.progress, place: BACKUP_STEPS.indexOf(running.progress) + 1, of: BACKUP_STEPS.length };
  });

  constructor() {
    const alerts = inject(Alerts);
    let ran = false;
    effect(() => {
      const { running, failed } = this.backup();
      if (ran && !running && !failed) alerts.announce(this.transloco.translate('admin.backup.done'));
      ran = running !== undefined;
    });
  }

  protected async begin(): Promise<void> {
    if (this.busy()) return;
    this.asking.set(true);
    this.refused.set(await this.store.backUp());
    this.asking.set(false);
  }
}
