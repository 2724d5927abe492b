import { Component, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Offer } from './completion';

/**
 * What can be named, above the input. The focus stays in the input, which says which one is chosen and has the keys; here is
 * only what a mouse or a finger does.
 */
@Component({
  selector: 'app-completion-list',
  imports: [TranslocoDirective],
  template: `
    <ul *transloco="let t" role="listbox" id="completions" data-testid="completions" [attr.aria-label]="t(label())">
      @for (offer of offers(); track $index) {
        <li role="option" [attr.id]="'completion-' + $index" [attr.aria-selected]="$index === chosen()">
          @if (offer.code; as code) {
            <b>{{ code }}</b>
          }
          {{ offer.label }}
        </li>
      }
    </ul>
  `,
  styleUrl: './completion-list.scss',
  host: { '(mousedown)': 'press($event)' },
})
export class CompletionList {
  readonly offers = input.required<readonly Offer[]>();
  /** What they are, in the translation files. */
  readonly label = input.required<string>();
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
