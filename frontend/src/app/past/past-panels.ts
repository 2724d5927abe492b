import { Component, inject } from '@angular/core';
import { CatchUpPanel } from './catch-up-panel';
import { PastOpener } from './past-opener';
import { SearchPanel } from './search/search-panel';

/** The part of the past that is open. */
@Component({
  selector: 'app-past-panels',
  imports: [CatchUpPanel, SearchPanel],
  template: `
    @switch (opener.open()) {
      @case ('search') {
        <app-search-panel />
      }
      @case ('catch-up') {
        <app-catch-up-panel />
      }
    }
  `,
})
export class PastPanels {
  protected readonly opener = inject(PastOpener);
}
