import { Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective } from '@jsverse/transloco';
import type { Product } from 'backend/contract';
import { PartMissing } from '../ui/part-missing';
import { Settled } from '../ui/settled';
import { Skeleton } from '../ui/skeleton';
import { ProductPanel, type PanelRequest } from './product-panel';

/**
 * The place of a product's panel, beside the board. What is in it is loaded when a product is opened, or before, when the
 * page has nothing else to do.
 */
@Component({
  selector: 'app-product-aside',
  imports: [MatButtonModule, PartMissing, ProductPanel, Skeleton, TranslocoDirective],
  templateUrl: './product-aside.html',
  styles: `
    .aside {
      position: fixed;
      z-index: 9;
      inset: 3rem 0 0 auto;
      inline-size: min(28rem, 100vw);
      border-inline-start: 1px solid var(--border);
      background: var(--surface);
      box-shadow: var(--shadow-high);
    }
    @media (width < 40rem) {
      .aside {
        inset-block-start: 0;
        padding-block-end: calc(var(--quiet-line) + env(safe-area-inset-bottom));
        border: 0;
      }
    }
  `,
})
export class ProductAside {
  protected readonly settled = inject(Settled);

  readonly request = input.required<PanelRequest | null>();
  readonly editable = input(true);
  /** Whether something was saved. */
  readonly closed = output<{ readonly request: PanelRequest; readonly saved: boolean }>();
  readonly remove = output<Product>();

  /** One at most: another product is another form. */
  protected readonly requests = computed(() => [this.request() ?? []].flat());
}
