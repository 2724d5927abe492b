import { Component, input, model } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { LIMITS } from 'backend/contract';
import { MemberName } from '../../members/member-name';
import { Icon } from '../../ui/icon';

/** Who must read the message that is being written: nobody, unless somebody is ticked. */
@Component({
  selector: 'app-must-read-menu',
  imports: [Icon, MatButtonModule, MemberName, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <button
        matIconButton
        type="button"
        popovertarget="must-read-menu"
        data-testid="must-read-menu"
        [class.on]="chosen().length > 0"
        [attr.aria-label]="t('chat.mustRead.choose')"
        [attr.title]="t('chat.mustRead.choose')"
      >
        <app-icon name="people" />
        @if (chosen().length > 0) {
          <span class="count">{{ chosen().length }}</span>
        }
      </button>
      <div id="must-read-menu" popover role="dialog" [attr.aria-label]="t('chat.mustRead.choose')">
        <p>{{ t('chat.mustRead.hint') }}</p>
        @for (email of people(); track email) {
          <label>
            <input
              type="checkbox"
              [checked]="chosen().includes(email)"
              [disabled]="!chosen().includes(email) && chosen().length >= most"
              (change)="toggle(email)"
            />
            <app-member-name [email]="email" />
          </label>
        } @empty {
          <p>{{ t('chat.mustRead.nobody') }}</p>
        }
      </div>
    </ng-container>
  `,
  styles: `
    button.mat-mdc-icon-button.mat-mdc-button-base {
      anchor-name: --must-read-menu;
      min-inline-size: 40px;
      @media (hover: none) {
        inline-size: 44px;
        block-size: 44px;
        padding: 11px;
      }
    }
    .on {
      color: var(--danger);
    }
    .count {
      position: absolute;
      inset: 0 0 auto auto;
      font-size: 0.75rem;
      font-weight: 700;
    }
    [popover] {
      inset: auto 1rem 20% auto;
      max-inline-size: min(20rem, 90vw);
      max-block-size: 50vh;
      padding: var(--space-3);
      overflow: auto;
    }
    @supports (anchor-name: --a) {
      [popover] {
        position-anchor: --must-read-menu;
        inset: auto;
        position-area: block-start span-inline-end;
        position-try-fallbacks: flip-inline;
      }
    }
    p {
      margin: 0 0 var(--space-2);
      color: var(--text-quiet);
      font-size: var(--text-small);
    }
    label {
      display: flex;
      gap: var(--space-2);
      align-items: center;
      min-block-size: var(--target);
      overflow-wrap: anywhere;
    }
  `,
})
export class MustReadMenu {
  /** E-mails. */
  readonly people = input.required<readonly string[]>();
  readonly chosen = model.required<readonly string[]>();
  protected readonly most = LIMITS.mustRead;

  protected toggle(email: string): void {
    this.chosen.update((chosen) =>
      chosen.includes(email) ? chosen.filter((other) => other !== email) : [...chosen, email],
    );
  }
}
