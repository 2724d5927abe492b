import { Component, computed, inject, input } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import type { AdminStatus } from 'backend/contract';
import { AccountOpener } from '../session/account/account-opener';
import { formatCount } from '../ui/amount';
import { translocoOfAdmin } from './admin-texts';

/** How many may come in, and how many are in; who that is stands in the account's parts. */
@Component({
  selector: 'app-people-section',
  imports: [MatButtonModule, TranslocoDirective],
  template: `
    <section *transloco="let t" class="panel" aria-labelledby="admin-people">
      <h3 id="admin-people">{{ t('admin.people.heading') }}</h3>
      <table data-testid="admin-people">
        <tbody>
          @for (row of rows(); track row.name) {
            <tr>
              <th scope="row">{{ t('admin.people.' + row.name) }}</th>
              <td>{{ row.count }}</td>
            </tr>
          }
        </tbody>
      </table>
      <div class="buttons">
        @for (part of parts; track part) {
          <button matButton="tonal" type="button" aria-haspopup="dialog" (click)="opener.show(part)">
            {{ t('admin.people.open.' + part) }}
          </button>
        }
      </div>
    </section>
  `,
  styleUrl: './admin-report.scss',
})
export class PeopleSection {
  readonly people = input.required<AdminStatus['people']>();
  readonly online = input.required<AdminStatus['online']>();
  protected readonly opener = inject(AccountOpener);
  private readonly transloco = translocoOfAdmin();
  protected readonly parts = ['members', 'sessions', 'audit'] as const;

  protected readonly rows = computed(() => {
    const [{ members, admins, sessions }, online] = [this.people(), this.online()];
    const counts = { members, admins, sessions, online: online.members, connections: online.sockets };
    const language = this.transloco.activeLang();
    return Object.entries(counts).map(([name, count]) => ({ name, count: formatCount(count, language) }));
  });
}
