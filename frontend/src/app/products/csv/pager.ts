import { Component, computed, inject, input, model } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { formatCount } from '../../ui/amount';
import { Icon } from '../../ui/icon';

/** Lines on one page: few enough for a phone, whatever the file has. */
export const PAGE_LINES = 50;

/** Leads through a long list page by page. */
@Component({
  selector: 'app-pager',
  imports: [Icon, MatButtonModule, TranslocoDirective],
  template: `
    @if (count() > size) {
      <nav *transloco="let t" [attr.aria-label]="t('csv.pages')">
        <button
          matIconButton
          type="button"
          disabledInteractive
          [disabled]="page() === 0"
          [attr.aria-label]="t('csv.before')"
          (click)="turn(-1)"
        >
          <app-icon name="up" class="before" />
        </button>
        <span role="status">{{ t('csv.range', range()) }}</span>
        <button
          matIconButton
          type="button"
          disabledInteractive
          [disabled]="(page() + 1) * size >= count()"
          [attr.aria-label]="t('csv.after')"
          (click)="turn(1)"
        >
          <app-icon name="down" class="after" />
        </button>
      </nav>
    }
  `,
  styles: `
    nav {
      display: flex;
      gap: var(--space-2);
      align-items: center;
      justify-content: end;
      font-size: var(--text-small);
      font-variant-numeric: tabular-nums;
    }
    .before,
    .after {
      rotate: -90deg;
    }
  `,
})
export class Pager {
  private readonly language = inject(TranslocoService).activeLang;

  readonly count = input.required<number>();
  readonly page = model.required<number>();

  protected readonly size = PAGE_LINES;
  protected readonly range = computed(() => {
    const from = this.page() * PAGE_LINES + 1;
    const [first, last, count] = [from, Math.min(this.count(), from + PAGE_LINES - 1), this.count()].map((number) =>
      formatCount(number, this.language()),
    );
    return { from: first, to: last, count };
  });

  protected turn(by: 1 | -1): void {
    const next = this.page() + by;
    if (next >= 0 && next * PAGE_LINES < this.count()) this.page.set(next);
  }
}
