import { Component, inject, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../ui/icon';
import { MentionAlerts } from './mention-alerts';

/** Whether a mention shows on the desktop, and whether it sounds. */
@Component({
  selector: 'app-notice-menu',
  imports: [Icon, MatButtonModule, MatMenuModule, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <button
        matIconButton
        type="button"
        [matMenuTriggerFor]="menu"
        [attr.aria-label]="t('chat.notices')"
        [attr.title]="t('chat.notices')"
      >
        <app-icon name="bell" />
      </button>
      <mat-menu #menu="matMenu">
        <button
          mat-menu-item
          type="button"
          role="menuitemcheckbox"
          [attr.aria-checked]="alerts.notifying()"
          (click)="notify()"
        >
          <span class="choice"
            >{{ t('chat.notifyMentions') }}
            @if (alerts.notifying()) {
              <app-icon name="done" />
            }
          </span>
        </button>
        <button
          mat-menu-item
          type="button"
          role="menuitemcheckbox"
          [attr.aria-checked]="alerts.sounding()"
          (click)="alerts.sound(!alerts.sounding())"
        >
          <span class="choice"
            >{{ t('chat.soundMentions') }}
            @if (alerts.sounding()) {
              <app-icon name="done" />
            }
          </span>
        </button>
      </mat-menu>
    </ng-container>
  `,
  styles: `
    @media (hover: none) {
      button.mat-mdc-icon-button.mat-mdc-button-base {
        inline-size: 44px;
        block-size: 44px;
        padding: 11px;
      }
    }
    .choice {
      display: flex;
      gap: var(--space-3);
      align-items: center;
      justify-content: space-between;
    }
  `,
})
export class NoticeMenu {
  protected readonly alerts = inject(MentionAlerts);
  /** Somebody asked for notifications that the browser does not allow. */
  readonly denied = output();

  protected async notify(): Promise<void> {
    if (!(await this.alerts.notify(!this.alerts.notifying()))) this.denied.emit();
  }
}
