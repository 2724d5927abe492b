import { Component, computed, inject, linkedSignal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { formatCount } from '../ui/amount';
import { Icon } from '../ui/icon';
import { momentText } from './moment-text';
import { PastOpener } from './past-opener';
import { VisitMark } from './visit-mark';

/** Below the bar, for who comes back after something happened: how much that was, and the way to it. */
@Component({
  selector: 'app-since-visit',
  imports: [Icon, MatButtonModule, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      @if (missed() && !dismissed()) {
        <section data-testid="since-visit" [attr.aria-label]="t('past.catchUp')">
          <app-icon name="history" />
          <p role="status">{{ text() }}</p>
          <button matButton="tonal" type="button" (click)="opener.show('catch-up')">{{ t('past.look') }}</button>
          <button matIconButton type="button" [attr.aria-label]="t('past.later')" (click)="dismissed.set(true)">
            <app-icon name="clear" />
          </button>
        </section>
      }
    </ng-container>
  `,
  styles: `
    section {
      display: flex;
      gap: var(--space-2);
      align-items: center;
      padding: var(--space-1) var(--space-4);
      border-block-end: 1px solid var(--border);
      background: var(--accent-surface);
    }
    p {
      flex: 1;
      margin: 0;
    }
    button {
      flex: none;
    }
    @media (width < 64rem) {
      section {
        padding-inline: var(--space-3) var(--space-1);
      }
    }
  `,
})
export class SinceVisit {
  private readonly transloco = inject(TranslocoService);
  protected readonly opener = inject(PastOpener);
  protected readonly missed = inject(VisitMark).missed;
  protected readonly dismissed = linkedSignal({ source: this.missed, computation: () => false });

  protected readonly text = computed(() => {
    const missed = this.missed();
    if (!missed) return '';
    const language = this.transloco.activeLang();
    const counted = (key: string, count: number) =>
      count === 0
        ? []
        : [
            this.transloco.translate(`past.${key}.${count === 1 ? 'one' : 'other'}`, {
              count: formatCount(count, language),
            }),
          ];
    const what = [...counted('changes', missed.changes), ...counted('newMessages', missed.messages)].join(', ');
    return this.transloco.translate('past.missed', { moment: momentText(this.transloco, missed.from.at), what });
  });
}
