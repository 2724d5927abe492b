import { Component, computed, inject } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';

/** Since when there is no connection, and what that means. It comes onto the page when the connection is lost. */
@Component({
  selector: 'app-offline-note',
  imports: [TranslocoDirective],
  template: `<ng-container *transloco="let t">{{ t('app.disconnected', { time: time() }) }}</ng-container>`,
})
export class OfflineNote {
  private readonly language = inject(TranslocoService).activeLang;
  private readonly since = Date.now();
  protected readonly time = computed(() =>
    new Intl.DateTimeFormat(this.language(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
      this.since,
    ),
  );
}
