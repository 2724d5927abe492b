import { Component, computed, inject, input } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { isRefused, type StockPlan } from './stock-plan';
import { StockWords } from './stock-words';

/** Below the input: what the message will do to the stock, or why it cannot. */
@Component({
  selector: 'app-stock-preview',
  template: `
    <div role="status" data-testid="stock-preview" [class.refused]="refused()">
      @for (line of lines(); track $index) {
        <p>{{ line }}</p>
      }
    </div>
  `,
  styles: `
    :host {
      grid-column: 1 / -1;
    }
    div {
      max-block-size: 6rem;
      overflow: auto;
      color: var(--accent-strong);
      font-size: var(--text-small);
      font-variant-numeric: tabular-nums;
      font-weight: 600;
      overflow-wrap: anywhere;
    }
    .refused {
      color: var(--danger-text);
    }
    p {
      margin: 0;
    }
  `,
})
export class StockPreview {
  private readonly transloco = inject(TranslocoService);
  private readonly words = inject(StockWords);

  readonly plan = input.required<StockPlan>();

  protected readonly refused = computed(() => isRefused(this.plan()));
  protected readonly lines = computed(() => {
    this.transloco.activeLang();
    return this.words.linesOf(this.plan());
  });
}
