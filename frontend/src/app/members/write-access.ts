import { Service, computed, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { Member } from '../realtime/member';
import { Alerts } from '../ui/alerts';

/** Whether who is at this page may write. Visitors are asked who they are instead. */
@Service()
export class WriteAccess {
  private readonly alerts = inject(Alerts);
  private readonly role = inject(Member).role;
  private readonly transloco = inject(TranslocoService);

  /** False for a reader. */
  readonly granted = computed(() => this.role() !== 'reader');
  /** Whether that member may delete anybody's message, and decides who may come in. */
  readonly isAdmin = computed(() => this.role() === 'admin');

  /** The same as `granted`, for somebody who has just tried to write: says why that is not possible. */
  tried(): boolean {
    if (!this.granted()) this.alerts.toast(this.transloco.translate('members.readerTried'));
    return this.granted();
  }
}
