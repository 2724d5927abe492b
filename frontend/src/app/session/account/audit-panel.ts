import { HttpClient } from '@angular/common/http';
import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import { AUDIT_PATH, type AuditLine, type AuditPage, type Refused } from 'backend/contract';
import { firstValueFrom } from 'rxjs';
import { dayAndTimeOf } from '../../ui/instant';
import { RefusalNote } from '../../ui/refusal';
import { refusalOf } from '../refusal-of';
import { translocoOfAccount } from './account-texts';

/** «Registro»: who came in, was refused, and changed who may; the newest first, for admins. */
@Component({
  selector: 'app-audit-panel',
  imports: [MatButtonModule, RefusalNote, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (failed(); as refusal) {
        <app-refusal [refusal]="refusal" />
        <button matButton="tonal" type="button" (click)="load()">{{ t('unsent.retry') }}</button>
      } @else if (entries(); as lines) {
        <ul [attr.aria-label]="t('account.audit')">
          @for (line of lines; track $index) {
            <li data-testid="audit-line">
              <span class="what">
                <span class="name">{{ line.event }}</span>
                <span
                  ><bdi>{{ line.who }}</bdi></span
                >
                <span class="quiet">{{ line.when }} {{ line.from }}</span>
              </span>
            </li>
          } @empty {
            <li class="quiet">{{ t('audit.none') }}</li>
          }
        </ul>
      } @else {
        <p class="quiet" role="status">{{ t('app.loading') }}</p>
      }
    </ng-container>
  `,
  styleUrl: './account-list.scss',
})
export class AuditPanel {
  /** How many of the newest lines are shown. */
  readonly most = input(Infinity);

  private readonly http = inject(HttpClient);
  private readonly transloco = translocoOfAccount();
  private readonly lines = signal<readonly AuditLine[] | undefined>(undefined);
  protected readonly failed = signal<Refused | null>(null);

  protected readonly entries = computed(() => {
    this.transloco.activeLang();
    return this.lines()
      ?.slice(0, this.most())
      .map((line) => ({
        event: this.eventText(line),
        who: [line.by, line.about].filter(Boolean).join(' → '),
        when: dayAndTimeOf(line.at),
        from: line.network ? `· ${line.network}` : '',
      }));
  });

  constructor() {
    void this.load();
  }

  /** Asks for them again. */
  async load(): Promise<void> {
    this.failed.set(null);
    try {
      this.lines.set((await firstValueFrom(this.http.get<AuditPage>(AUDIT_PATH))).lines);
    } catch (failure) {
      this.failed.set(refusalOf(failure));
    }
  }

  /** Of a newer server, the event in its own word. */
  private eventText({ event, detail }: AuditLine): string {
    if (event === 'access-set') return this.transloco.translate(`audit.access.${detail ?? ''}`);
    const text = this.transloco.translate(`audit.${event}`);
    return text === `audit.${event}` ? event : text;
  }
}
