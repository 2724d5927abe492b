import { Component, inject, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../ui/icon';
import { MentionAlerts } from './mention-alerts';

/** Whether a mention shows on the desktop, and whether it sounds. */
@Component({
  selector: 'app-notice-menu',
  imports: [Icon, MatButtonModule, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <button
        matIconButton
        type="button"
        popovertarget="notice-menu"
        [attr.aria-label]="t('chat.notices')"
        [attr.title]="t('chat.notices')"
      >
        <app-icon name="bell" />
      </button>
      <div id="notice-menu" popover role="dialog" [attr.aria-label]="t('chat.notices')">
        <button type="button" role="switch" [attr.aria-checked]="alerts.notifying()" (click)="notify()">
          {{ t('chat.notifyMentions') }}
        </button>
        <button
          type="button"
          role="switch"
          [attr.aria-checked]="alerts.sounding()"
          (click)="alerts.sound(!alerts.sounding())"
        >
          {{ t('chat.soundMentions') }}
        </button>
      </div>
    </ng-container>
  `,
  styleUrl: './notice-menu.scss',
})
export class NoticeMenu {
  protected readonly alerts = inject(MentionAlerts);
  /** Somebody asked for notifications that the browser does not allow. */
  readonly denied = output();

  protected async notify(): Promise<void> {
    if (!(await this.alerts.notify(!this.alerts.notifying()))) this.denied.emit();
  }
}
