import { Component, inject, input, output, signal, viewChild, type ElementRef } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { LIMITS, type Product } from 'backend/contract';
import { parseAmount } from '../ui/amount';
import { Icon } from '../ui/icon';
import { ProductChanges } from './product-changes';

/** What can be done to all selected products at once; each of it is undone at once, too. */
@Component({
  selector: 'app-bulk-actions',
  imports: [Icon, MatButtonModule, TranslocoDirective],
  template: `
    <div *transloco="let t" role="toolbar" data-testid="bulk" [attr.aria-label]="t('bulk.heading')">
      <span class="count">
        {{ t(products().length === 1 ? 'bulk.count.one' : 'bulk.count.other', { count: products().length }) }}
      </span>
      <form (submit)="setCategory($event)">
        <input
          #category
          type="text"
          autocomplete="off"
          [maxLength]="limit"
          [attr.aria-label]="t('product.category')"
          [attr.placeholder]="t('product.category')"
          (input)="named.set(category.value.trim() !== '')"
        />
        <button matButton type="submit" [disabled]="!named()">{{ t('bulk.setCategory') }}</button>
      </form>
      <form (submit)="changePrices($event)">
        <input
          #percent
          type="text"
          inputmode="decimal"
          autocomplete="off"
          class="percent"
          placeholder="±%"
          [attr.aria-label]="t('bulk.percent')"
          [attr.aria-invalid]="wrong()"
        />
        <button matButton type="submit">{{ t('bulk.changePrices') }}</button>
      </form>
      <button matButton type="button" class="remove" (click)="remove.emit(products())">
        <app-icon name="delete" />{{ t('bulk.remove') }}
      </button>
      <button matButton type="button" (click)="clear.emit()">{{ t('bulk.clear') }}</button>
      @if (wrong()) {
        <span class="wrong" role="alert">{{ t('errors.amount') }}</span>
      }
    </div>
  `,
  styles: `
    [role='toolbar'],
    form {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-1) var(--space-2);
      align-items: center;
    }
    [role='toolbar'] {
      padding: var(--space-1) var(--space-4);
      background: var(--accent-surface);
    }
    .count {
      font-weight: 500;
    }
    input {
      inline-size: 9rem;
      min-block-size: var(--target);
      padding: 0 var(--space-2);
      border: 1px solid var(--edge);
      border-radius: var(--radius-small);
      background: var(--surface);
      color: var(--text);
      font: inherit;
    }
    .percent {
      inline-size: 4.5rem;
    }
    .remove,
    .wrong {
      color: var(--danger-text);
    }
  `,
})
export class BulkActions {
  readonly products = input.required<readonly Product[]>();
  readonly clear = output();
  readonly remove = output<readonly Product[]>();

  private readonly changes = inject(ProductChanges);
  private readonly language = inject(TranslocoService).activeLang;
  private readonly category = viewChild.required<ElementRef<HTMLInputElement>>('category');
  private readonly percent = viewChild.required<ElementRef<HTMLInputElement>>('percent');
  protected readonly limit = LIMITS.category;
  /** Whether there is a category: without one it would be taken from all of them, by one press too many. */
  protected readonly named = signal(false);
  protected readonly wrong = signal(false);

  protected setCategory(event: Event): void {
    event.preventDefault();
    const category = this.category().nativeElement.value.trim();
    if (category === '') return;
    const touched = this.products().filter((product) => product.category !== category);
    this.changes.changeAll(touched.map((product) => ({ product, fields: { category } })));
    this.clear.emit();
  }

  protected changePrices(event: Event): void {
    event.preventDefault();
    const percent = parseAmount(this.percent().nativeElement.value.replace('%', ''), this.language());
    this.wrong.set(percent === null || percent < -100);
    if (percent === null || this.wrong()) return;
    const changed = this.products().map((product) => ({
      product,
      fields: { price: withPercent(product.price, percent) },
    }));
    this.changes.changeAll(changed.filter(({ product, fields }) => fields.price !== product.price));
    this.clear.emit();
  }
}

/** Rounded to the decimals that a price has. */
function withPercent(price: number, percent: number): number {
  const factor = 10 ** LIMITS.priceDecimals;
  return Math.min(LIMITS.price, Math.round(price * (1 + percent / 100) * factor) / factor);
}
