import { Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../ui/icon';
import { PartMissing } from '../ui/part-missing';
import { Settled } from '../ui/settled';
import { PastOpener } from './past-opener';
import { PastPanels } from './past-panels';

/** The button of the bar that leads into the past, and what it opens, which needs a connection and is loaded when it is wanted. */
@Component({
  selector: 'app-past',
  imports: [Icon, MatButtonModule, PartMissing, PastPanels, TranslocoDirective],
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
      @defer (when opener.wanted(); prefetch when settled.now()) {
        <app-past-panels />
      } @error {
        <app-part-missing />
      }
    </ng-container>
  `,
})
export class Past {
  protected readonly opener = inject(PastOpener);
  protected readonly settled = inject(Settled);
}
