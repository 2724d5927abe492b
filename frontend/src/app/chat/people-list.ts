import { Component, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';

/**
 * People to be named, above the input. The focus stays in the input, which says which one is chosen and has the keys; here is
 * only what a mouse or a finger does.
 */
@Component({
  selector: 'app-people-list',
  imports: [TranslocoDirective],
  template: `
    <ul *transloco="let t" role="listbox" id="people-to-name" [attr.aria-label]="t('chat.people')">
      @for (email of people(); track email) {
        <li role="option" [attr.id]="'person-' + $index" [attr.aria-selected]="$index === chosen()">{{ email }}</li>
      }
    </ul>
  `,
  styleUrl: './people-list.scss',
  host: { '(mousedown)': 'press($event)' },
})
export class PeopleList {
  /** E-mails. */
  readonly people = input.required<readonly string[]>();
  readonly chosen = input.required<number>();
  /** The place of one in the list. */
  readonly choose = output<number>();

  protected press(event: MouseEvent): void {
    // The input keeps the focus.
    event.preventDefault();
    const option = event.target instanceof Element ? event.target.closest('li') : null;
    if (option) this.choose.emit([...(option.parentElement?.children ?? [])].indexOf(option));
  }
}
