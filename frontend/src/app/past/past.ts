import { Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../ui/icon';
import { PastOpener } from './past-opener';
import { PastPanels } from './past-panels';

/** The button of the bar that leads into the past, and what it opens, which needs a connection and is loaded when it is wanted. */
@Component({
  selector: 'app-past',
  imports: [Icon, MatButtonModule, PastPanels, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <button
        matIconButton
        type="button"
        data-testid="search-all"
        aria-haspopup="dialog"
        [attr.aria-label]="t('past.search')"
        [attr.title]="t('past.search')"
        (click)="opener.show('search')"
      >
        <app-icon name="search-all" />
      </button>
      @defer (when opener.wanted(); prefetch on idle) {
        <app-past-panels />
      } @error {
        <p class="visually-hidden" role="alert">{{ t('app.partMissing') }}</p>
      }
    </ng-container>
  `,
})
export class Past {
  protected readonly opener = inject(PastOpener);
}
