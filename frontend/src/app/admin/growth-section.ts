import { Component, computed, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { DayOfGrowth } from 'backend/contract';
import { formatCount } from '../ui/amount';
import { translocoOfAdmin } from './admin-texts';
import { dayText } from './units';

/** How many records came on each of the last days: as bars for the eye, and as a sentence and a table for everybody. */
@Component({
  selector: 'app-growth-section',
  imports: [TranslocoDirective],
  template: `
    <section *transloco="let t" class="panel" aria-labelledby="admin-growth">
      <h3 id="admin-growth">{{ t('admin.growth.heading') }}</h3>
      <p data-testid="admin-growth">{{ t('admin.growth.text', sums()) }}</p>
      <div class="bars" aria-hidden="true">
        @for (day of days(); track day.day) {
          <span [style.block-size.%]="day.share" [title]="day.text + ': ' + day.records"></span>
        }
      </div>
      <div class="ends quiet" aria-hidden="true">
        <span>{{ days()[0]?.text }}</span>
        <span>{{ t('admin.growth.today') }}</span>
      </div>
      <details>
        <summary>{{ t('admin.growth.table') }}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{{ t('admin.growth.day') }}</th>
              <th scope="col">{{ t('admin.growth.records') }}</th>
            </tr>
          </thead>
          <tbody>
            @for (day of newestFirst(); track day.day) {
              <tr>
                <th scope="row">{{ day.text }}</th>
                <td>{{ day.records }}</td>
              </tr>
            }
          </tbody>
        </table>
      </details>
    </section>
  `,
  styleUrl: './admin-report.scss',
  styles: `
    .bars {
      display: flex;
      gap: 2px;
      align-items: end;
      block-size: 5rem;
      border-block-end: 1px solid var(--edge);
    }
    .bars span {
      flex: 1;
      min-inline-size: 1px;
      border-radius: 2px 2px 0 0;
      background: var(--accent);
    }
    .ends {
      display: flex;
      justify-content: space-between;
      margin-block-start: calc(-1 * var(--space-2));
    }
    summary {
      min-block-size: var(--target);
      align-content: center;
      cursor: pointer;
    }
  `,
})
export class GrowthSection {
  readonly growth = input.required<readonly DayOfGrowth[]>();
  private readonly transloco = translocoOfAdmin();

  protected readonly days = computed(() => {
    const language = this.transloco.activeLang();
    const most = Math.max(1, ...this.growth().map(({ records }) => records));
    return this.growth().map(({ day, records }) => ({
      day,
      text: dayText(day),
      records: formatCount(records, language),
      share: (100 * records) / most,
    }));
  });
  protected readonly newestFirst = computed(() => this.days().toReversed());
  protected readonly sums = computed(() => {
    const language = this.transloco.activeLang();
    const records = this.growth().map((day) => day.records);
    const all = records.reduce((sum, count) => sum + count, 0);
    const perDay = all / Math.max(1, records.length);
    return {
      all: formatCount(all, language),
      days: formatCount(records.length, language),
      today: formatCount(records.at(-1) ?? 0, language),
      // With a decimal only where that says more.
      mean: formatCount(all < 10 * records.length ? Math.round(perDay * 10) / 10 : Math.round(perDay), language),
    };
  });
}
