import { Component, computed, inject, input } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { formatCount } from '../../ui/amount';

/** How many of how many. */
@Component({
  selector: 'app-count',
  imports: [TranslocoDirective],
  template: `<span *transloco="let t" data-testid="csv-count">{{ t('csv.of', counts()) }}</span>`,
})
export class Count {
  private readonly language = inject(TranslocoService).activeLang;

  readonly tally = input.required<{ readonly done: number; readonly total: number }>();
  protected readonly counts = computed(() => {
    const { done, total } = this.tally();
    return { done: formatCount(done, this.language()), total: formatCount(total, this.language()) };
  });
}
