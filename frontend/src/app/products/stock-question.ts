import { Component, afterNextRender, computed, input, output, viewChild, type ElementRef } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Product } from 'backend/contract';
import { REASONS, type Reason } from './grid/stock-text';

/** A move that was typed, before it is sent. */
export interface StockRequest {
  readonly product: Product;
  readonly delta: number;
  /** The likeliest reason, which has the focus. */
  readonly reason: Reason;
}

/** Why so many pieces come or go, in one tap; `none` is an answer, too. Escape takes the move back. */
@Component({
  selector: 'app-stock-question',
  imports: [TranslocoDirective],
  template: `
    <div *transloco="let t" role="dialog" data-testid="stock-question" [attr.aria-label]="t('stock.why')">
      <p>
        <strong>{{ request().product.title }}</strong>
        {{ request().product.stock }} → {{ request().product.stock + request().delta }}
      </p>
      <div class="reasons">
        @for (reason of reasons(); track reason) {
          <button #button type="button" (click)="answer.emit(t('stock.reasons.' + reason))">
            {{ t('stock.reasons.' + reason) }}
          </button>
        }
        <button type="button" class="none" (click)="answer.emit('')">{{ t('stock.noReason') }}</button>
      </div>
    </div>
  `,
  styles: `
    :host {
      display: block;
      padding: var(--space-3) var(--space-4);
      border: 1px solid var(--border);
      border-radius: var(--radius);
      background: var(--surface);
      box-shadow: var(--shadow-high);
    }
    p {
      margin: 0 0 var(--space-2);
      font-variant-numeric: tabular-nums;
      overflow-wrap: anywhere;
    }
    .reasons {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
    }
    button {
      min-block-size: var(--target);
      padding: 0 var(--space-3);
      border: 1px solid var(--edge);
      border-radius: 999px;
      background: var(--surface);
      color: var(--text);
      cursor: pointer;
      font: inherit;
    }
    button:hover,
    button:focus-visible {
      background: var(--accent-surface);
    }
    .none {
      border-color: transparent;
      color: var(--text-quiet);
    }
  `,
  host: { '(keydown.escape)': 'cancel($event)' },
})
export class StockQuestion {
  readonly request = input.required<StockRequest>();
  /** The reason in words; empty when none was given. */
  readonly answer = output<string>();
  readonly cancelled = output();

  /** The likeliest comes first. */
  protected readonly reasons = computed(() => {
    const { reason } = this.request();
    return [reason, ...REASONS.filter((other) => other !== reason)];
  });
  private readonly first = viewChild<ElementRef<HTMLElement>>('button');

  constructor() {
    afterNextRender(() => this.first()?.nativeElement.focus());
  }

  protected cancel(event: Event): void {
    event.stopPropagation();
    this.cancelled.emit();
  }
}
