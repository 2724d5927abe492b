import { Component, inject, input, output, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Refused } from 'backend/contract';
import { WriteAccess } from '../members/write-access';
import { QUEUED } from '../realtime/connection';
import { RefusalNote } from '../ui/refusal';
import { CsvMenu } from './csv/csv-menu';
import { ProductsStore } from './products-store';
import { SAMPLE_CATALOGUE } from './sample-catalogue';

/** «No hay productos» (B3), and a way to see what the board is like. */
@Component({
  selector: 'app-empty-board',
  imports: [CsvMenu, MatButtonModule, RefusalNote, TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <p class="none" data-testid="empty-products">{{ t('board.empty') }}</p>
      @if (access.granted()) {
        <p>{{ t('board.emptyHint') }}</p>
        <button
          matButton="tonal"
          type="button"
          data-testid="load-samples"
          [disabled]="loading()"
          disabledInteractive
          (click)="load()"
        >
          {{ t(loading() ? 'board.loadingSamples' : 'board.samples') }}
        </button>
        <app-csv-menu [importOnly]="true" />
      }
      @if (refused(); as refusal) {
        <app-refusal [refusal]="refusal" />
      }
    </ng-container>
  `,
  styles: `
    :host {
      display: grid;
      flex: 1 1 0;
      gap: var(--space-3);
      place-content: center;
      justify-items: center;
      padding: var(--space-5);
      overflow: auto;
      color: var(--text-quiet);
      text-align: center;
    }
    p {
      margin: 0;
    }
    .none {
      color: var(--text);
      font-size: var(--text-large);
      font-weight: 500;
    }
  `,
})
export class EmptyBoard {
  protected readonly access = inject(WriteAccess);
  private readonly store = inject(ProductsStore);

  readonly identified = input.required<boolean>();
  /** A visitor wanted the samples: the page asks who it is. */
  readonly identifyNeeded = output();

  protected readonly loading = signal(false);
  protected readonly refused = signal<Refused | null>(null);

  protected async load(): Promise<void> {
    if (!this.identified()) this.identifyNeeded.emit();
    if (!this.identified() || this.loading()) return;
    this.refused.set(null);
    this.loading.set(true);
    for (const draft of SAMPLE_CATALOGUE) {
      const answer = await this.store.add(draft);
      if (answer !== QUEUED && !answer.ok) this.refused.set(answer.error);
    }
    this.loading.set(false);
  }
}
