import { Component, computed, inject, input } from '@angular/core';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';

/** How much of a large board has come, while the rest is on its way: «2.400 de 10.000 productos». */
@Component({
  selector: 'app-board-progress',
  imports: [MatProgressBarModule, TranslocoDirective],
  template: `
    <div *transloco="let t" data-testid="board-progress">
      <mat-progress-bar mode="determinate" [value]="percent()" [attr.aria-label]="t('board.partly', counts())" />
      <p>
        {{ t('board.partly', counts()) }}
        @if (searching()) {
          · <span role="status">{{ t('board.partlySearched') }}</span>
        }
      </p>
    </div>
  `,
  styles: `
    p {
      margin: 0;
      padding: var(--space-1) var(--space-4);
      color: var(--text-quiet);
      font-size: 0.875rem;
    }
  `,
})
export class BoardProgress {
  private readonly transloco = inject(TranslocoService);

  readonly loaded = input.required<number>();
  readonly total = input.required<number>();
  /** Whether a search goes on, which cannot find what is not here. */
  readonly searching = input(false);

  protected readonly percent = computed(() => (100 * this.loaded()) / Math.max(1, this.total()));
  protected readonly counts = computed(() => {
    // Grouped always: in Spanish «2400» and «10.000» beside each other would read like different kinds of numbers.
    const numbers = new Intl.NumberFormat(this.transloco.activeLang(), { useGrouping: 'always' });
    return { loaded: numbers.format(this.loaded()), total: numbers.format(this.total()) };
  });
}
