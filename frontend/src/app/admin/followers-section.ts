import { Component, computed, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { FollowerStatus } from 'backend/contract';
import { formatCount } from '../ui/amount';
import { translocoOfAdmin } from './admin-texts';

/** What is made of the journal, and how far it has come: the index, and the files that people read. */
@Component({
  selector: 'app-followers-section',
  imports: [TranslocoDirective],
  template: `
    <section *transloco="let t" class="panel" aria-labelledby="admin-followers">
      <h3 id="admin-followers">{{ t('admin.followers.heading') }}</h3>
      <table data-testid="admin-followers">
        <thead>
          <tr>
            <th scope="col">{{ t('admin.followers.name') }}</th>
            <th scope="col">{{ t('admin.followers.state') }}</th>
            <th scope="col">{{ t('admin.followers.lag') }}</th>
          </tr>
        </thead>
        <tbody>
          @for (one of rows(); track one.name) {
            <tr>
              <th scope="row">
                {{ t('admin.followers.what.' + one.key) }}<br /><bdi class="quiet">{{ one.name }}</bdi>
              </th>
              <td [class.bad]="one.state === 'failing'">{{ t('admin.followers.is.' + one.state) }}</td>
              <td>{{ one.lag }}</td>
            </tr>
          }
        </tbody>
      </table>
    </section>
  `,
  styleUrl: './admin-report.scss',
})
export class FollowersSection {
  readonly followers = input.required<readonly FollowerStatus[]>();
  private readonly transloco = translocoOfAdmin();

  protected readonly rows = computed(() => {
    const language = this.transloco.activeLang();
    const sorted = this.followers().toSorted((one, other) => (one.name < other.name ? -1 : 1));
    return sorted.map(({ name, state, lag }) => ({
      name,
      state: state === 'following' && lag > 0 ? 'catching' : state,
      key: name.split('.', 1)[0],
      lag: formatCount(lag, language),
    }));
  });
}
