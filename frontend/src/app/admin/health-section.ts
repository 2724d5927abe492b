import { Component, computed, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AdminStatus } from 'backend/contract';
import { agoOf } from '../ui/ago';
import { dayAndTimeOf } from '../ui/instant';
import { translocoOfAdmin } from './admin-texts';

/** Whether the server can store changes; when not, or when that may end, why, and what to do. */
@Component({
  selector: 'app-health-section',
  imports: [TranslocoDirective],
  template: `
    <section *transloco="let t" class="panel" aria-labelledby="admin-health">
      <h3 id="admin-health">{{ t('admin.health.heading') }}</h3>
      <div role="status" data-testid="admin-health">
        @for (reason of reasons(); track reason) {
          <div class="note">
            <strong>{{ t('admin.health.what.' + reason) }}&ngsp;</strong>
            <span>{{ t('admin.health.todo.' + reason) }}</span>
          </div>
        } @empty {
          <strong class="good">{{ t('admin.health.ok') }}</strong>
        }
      </div>
      <table>
        <tbody>
          @for (check of checks(); track check.name) {
            <tr>
              <th scope="row">{{ t('admin.health.check.' + check.name) }}</th>
              <td [class]="check.good ? 'good' : 'bad'">
                {{ check.good ? t('admin.health.good') : t('admin.health.what.' + check.state) }}
              </td>
            </tr>
          }
          <tr>
            <th scope="row">{{ t('admin.health.version') }}</th>
            <td>{{ status().version }}</td>
          </tr>
          <tr>
            <th scope="row">{{ t('admin.health.started') }}</th>
            <td>{{ started() }}</td>
          </tr>
        </tbody>
      </table>
    </section>
  `,
  styleUrl: './admin-report.scss',
})
export class HealthSection {
  readonly status = input.required<AdminStatus>();
  private readonly transloco = translocoOfAdmin();

  /** Why not; where it can, what it warns of. */
  protected readonly reasons = computed(() => {
    const { reason, warnings = [] } = this.status().health;
    return reason ? [reason] : warnings.map((warning) => warning.reason);
  });
  protected readonly checks = computed(() =>
    Object.entries(this.status().health.checks).map(([name, state]: [string, string]) => ({
      name,
      state,
      good: state === 'ok',
    })),
  );
  protected readonly started = computed(() => {
    const { started, at } = this.status();
    return `${dayAndTimeOf(started)} (${agoOf(started, this.transloco.activeLang(), new Date(at))})`;
  });
}
