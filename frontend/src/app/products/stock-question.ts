import {
  Component,
  afterNextRender,
  computed,
  inject,
  input,
  linkedSignal,
  output,
  viewChild,
  type ElementRef,
} from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Product } from 'backend/contract';
import { formatCount } from '../ui/amount';
import { REASONS, type Reason } from './grid/stock-text';

/** A move that was typed, before it is sent. */
export interface StockRequest {
  readonly product: Product;
  readonly delta: number;
  /** The likeliest reason, which has the focus. */
  readonly reason: Reason;
}

/** The move as it is to be sent. */
export interface StockAnswer {
  readonly delta: number;
  /** In words; empty when none was given. */
  readonly reason: string;
}

/**
 * Why so many pieces come or go, in one tap; no reason is an answer, too. Escape takes the move back. When others take
 * pieces meanwhile, it says how many are left, and offers those.
 */
@Component({
  selector: 'app-stock-question',
  imports: [TranslocoDirective],
  template: `
    <div *transloco="let t" role="dialog" data-testid="stock-question" [attr.aria-label]="t('stock.why')">
      <p>
        <strong>{{ request().product.title }}</strong>
        {{ count(stock()) }} → {{ count(stock() + delta()) }}
      </p>
      @if (short()) {
        <p role="alert" class="short">{{ t('stock.short', { stock: count(stock()) }) }}</p>
      }
      <div class="buttons">
        @if (short()) {
          @if (stock() > 0) {
            <button type="button" (click)="delta.set(-stock())">
              {{ t('unsent.takeLeft', { stock: count(stock()) }) }}
            </button>
          }
        } @else {
          @for (reason of reasons(); track reason) {
            <button #button type="button" (click)="give(t('stock.reasons.' + reason))">
              {{ t('stock.reasons.' + reason) }}
            </button>
          }
          <button type="button" class="quiet" (click)="give('')">{{ t('stock.noReason') }}</button>
        }
        <button type="button" class="quiet" (click)="cancelled.emit()">{{ t('alerts.cancel') }}</button>
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
    .short {
      color: var(--danger-text);
    }
    .buttons {
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
    .quiet {
      border-color: transparent;
      color: var(--text-quiet);
    }
  `,
  host: { '(keydown.escape)': 'cancel($event)' },
})
export class StockQuestion {
  private readonly language = inject(TranslocoService).activeLang;
  protected readonly count = (pieces: number): string => formatCount(pieces, this.language());

  readonly request = input.required<StockRequest>();
  /** Pieces that there are now. */
  readonly stock = input.required<number>();
  readonly answer = output<StockAnswer>();
  readonly cancelled = output();

  protected readonly delta = linkedSignal(() => this.request().delta);
  protected readonly short = computed(() => this.stock() + this.delta() < 0);
  /** The likeliest comes first. */
  protected readonly reasons = computed(() => {
    const { reason } = this.request();
    return [reason, ...REASONS.filter((other) => other !== reason)];
  });
  private readonly first = viewChild<ElementRef<HTMLElement>>('button');

  constructor() {
    afterNextRender(() => this.first()?.nativeElement.focus());
  }

  protected give(reason: string): void {
    this.answer.emit({ delta: this.delta(), reason });
  }

  protected cancel(event: Event): void {
    event.stopPropagation();
    this.cancelled.emit();
  }
}
