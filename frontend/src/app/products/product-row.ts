import { Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Product } from 'backend/contract';
import { formatAmount, formatCount } from '../ui/amount';
import { Flash } from '../ui/flash';
import { Icon } from '../ui/icon';
import { dayAndTimeOf, shortlyOf } from '../ui/instant';
import type { ShownProduct } from './pending-products';
import { ProductPicture } from './product-picture';

export type StockDirection = 'add' | 'subtract';

/** One product of the table; a card where the page is narrow. */
@Component({
  selector: 'app-product-row',
  imports: [Flash, Icon, MatButtonModule, ProductPicture, TranslocoDirective],
  templateUrl: './product-row.html',
  styleUrl: './product-row.scss',
})
export class ProductRow {
  readonly product = input.required<ShownProduct>();

  readonly edit = output<Product>();
  readonly remove = output<Product>();
  readonly stock = output<StockDirection>();

  private readonly language = inject(TranslocoService).activeLang;
  /** Whether it is not there yet, or soon no more: nothing can be done to it. */
  protected readonly absent = computed(() => this.product().id < 0 || this.product().waiting === 'removed');
  protected readonly price = computed(() => formatAmount(this.product().price, this.language()));
  protected readonly pieces = computed(() => formatCount(this.product().stock, this.language()));
  protected readonly instant = computed(() => dayAndTimeOf(this.product().at));
  protected readonly shortly = computed(() => shortlyOf(this.product().at));
  protected readonly meta = computed(() => [this.product().code, this.product().category].filter(Boolean).join(' · '));
}
