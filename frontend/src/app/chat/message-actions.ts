import { Component, ElementRef, inject, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../ui/icon';
import type { RowAction, RowActionName } from './row-action';

/**
 * What can be done with the message where one is: a bar at its end, for mouse and finger. By keyboard its arrows lead in from
 * the message, and Escape back: a list of hundreds is one stop of the Tab key.
 */
@Component({
  selector: 'app-message-actions',
  imports: [Icon, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @for (action of actions(); track action.name) {
        <button
          type="button"
          tabindex="-1"
          [class.danger]="action.name === 'delete'"
          [attr.aria-label]="t(action.label, { email: by() })"
          [attr.aria-keyshortcuts]="action.key"
          [attr.title]="t(action.label, { email: by() }) + ' (' + t('chat.keys.' + action.name) + ')'"
          (click)="act.emit(action.name)"
        >
          <app-icon [name]="action.icon" />
          @if (action.name === 'agree') {
            <span>{{ t('chat.agree') }}</span>
          }
        </button>
      }
    </ng-container>
  `,
  styleUrl: './message-actions.scss',
  host: { role: 'toolbar', '[attr.aria-label]': 'label()', '(keydown)': 'move($event)' },
})
export class MessageActions {
  readonly actions = input.required<readonly RowAction[]>();
  /** The author's e-mail. */
  readonly by = input.required<string>();
  readonly label = input.required<string>();
  readonly act = output<RowActionName>();
  /** Back to the message. */
  readonly leave = output();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  focus(): void {
    this.buttons()[0]?.focus({ preventScroll: true });
  }

  protected move(event: KeyboardEvent): void {
    const buttons = this.buttons();
    const at = buttons.findIndex((button) => button === document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (event.key === 'Escape' || to === -1) this.leave.emit();
    else if (to !== undefined) buttons[to]?.focus({ preventScroll: true });
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private buttons(): HTMLButtonElement[] {
    return [...this.host.querySelectorAll('button')];
  }
}
