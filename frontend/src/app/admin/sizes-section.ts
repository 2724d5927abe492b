import { Component, computed, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AdminStatus } from 'backend/contract';
import { formatCount } from '../ui/amount';
import { translocoOfAdmin } from './admin-texts';
import { bytesText } from './units';

/** How much there is, and how much room is left. */
@Component({
  selector: 'app-sizes-section',
  imports: [TranslocoDirective],
  template: `
    <section *transloco="let t" class="panel" aria-labelledby="admin-sizes">
      <h3 id="admin-sizes">{{ t('admin.sizes.heading') }}</h3>
      <table data-testid="admin-sizes">
        <tbody>
          <tr>
            <th scope="row">{{ t('admin.sizes.journal') }}</th>
            <td>{{ t('admin.sizes.records', { count: shown().records }) }}</td>
            <td>{{ shown().journal }}</td>
          </tr>
          <tr>
            <th scope="row">{{ t('admin.sizes.pictures') }}</th>
            <td>{{ t('admin.sizes.files', { count: shown().count }) }}</td>
            <td>{{ shown().pictures }}</td>
          </tr>
          <tr>
            <th scope="row">{{ t('admin.sizes.index') }}</th>
            <td></td>
            <td>{{ shown().index }}</td>
          </tr>
          @if (shown().disk; as disk) {
            <tr>
              <th scope="row">{{ t('admin.sizes.free') }}</th>
              <td>{{ t('admin.sizes.of', { size: disk.size }) }}</td>
              <td>{{ disk.free }}</td>
            </tr>
          }
        </tbody>
      </table>
    </section>
  `,
  styleUrl: './admin-report.scss',
})
export class SizesSection {
  readonly sizes = input.required<AdminStatus['sizes']>();
  private readonly transloco = translocoOfAdmin();

  protected readonly shown = computed(() => {
    const { journal, pictures, index, disk } = this.sizes();
    const language = this.transloco.activeLang();
    return {
      records: formatCount(journal.records, language),
      journal: bytesText(journal.bytes, language),
      count: formatCount(pictures.count, language),
      pictures: bytesText(pictures.bytes, language),
      index: bytesText(index, language),
      disk: disk && { free: bytesText(disk.free, language), size: bytesText(disk.size, language) },
    };
  });
}
