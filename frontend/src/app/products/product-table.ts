import { BreakpointObserver } from '@angular/cdk/layout';
import { CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport } from '@angular/cdk/scrolling';
import { Component, computed, inject, input, output } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Product } from 'backend/contract';
import { map } from 'rxjs';
import type { ShownProduct } from './pending-products';
import { ProductRow, type StockDirection } from './product-row';

/** The style sheets say the same: below this width a row is a card. */
const CARDS = '(width < 56.25rem)';
/** Of a row and of a card, in px. */
const HEIGHTS = { row: 60, card: 96 } as const;

export interface StockRequest {
  readonly product: Product;
  readonly direction: StockDirection;
}

/** The products, of which only those in sight are in the document: ten thousand scroll like ten. */
@Component({
  selector: 'app-product-table',
  imports: [CdkFixedSizeVirtualScroll, CdkVirtualForOf, CdkVirtualScrollViewport, ProductRow, TranslocoDirective],
  templateUrl: './product-table.html',
  styleUrl: './product-table.scss',
})
export class ProductTable {
  readonly products = input.required<readonly ShownProduct[]>();

  readonly edit = output<Product>();
  readonly remove = output<Product>();
  readonly stock = output<StockRequest>();

  private readonly narrow = toSignal(
    inject(BreakpointObserver)
      .observe(CARDS)
      .pipe(map(({ matches }) => matches)),
    { initialValue: false },
  );
  protected readonly height = computed(() => (this.narrow() ? HEIGHTS.card : HEIGHTS.row));
  protected readonly idOf = (_index: number, product: Product): number => product.id;
}
