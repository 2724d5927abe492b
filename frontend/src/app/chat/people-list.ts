import { Component, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';

/** People to be named, above the input. The focus stays in the input, which says which one is chosen. */
@Component({
  selector: 'app-people-list',
  imports: [TranslocoDirective],
  template: `
    <ul *transloco="let t" role="listbox" id="people-to-name" [attr.aria-label]="t('chat.people')">
      @for (email of people(); track email) {
        <li role="option" [attr.id]="'person-' + $index" [attr.aria-selected]="$index === chosen()">
          <button type="button" tabindex="-1" (mousedown)="$event.preventDefault()" (click)="choose.emit($index)">
            {{ email }}
          </button>
        </li>
      }
    </ul>
  `,
  styleUrl: './people-list.scss',
})
export class PeopleList {
  /** E-mails. */
  readonly people = input.required<readonly string[]>();
  readonly chosen = input.required<number>();
  readonly choose = output<number>();
}
