import { Service, computed, inject, linkedSignal, signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { Product } from 'backend/contract';
import { formatCount } from '../ui/amount';
import { sorted, type Sorting } from './grid/columns';
import { isAbsent } from './pending-products';
import { chipped, filtered, isNarrowed, type Chips } from './product-filter';
import { ProductsStore } from './products-store';
import { StockTaps } from './stock-taps';

/** What of the catalogue is in sight, in which order, and what of it is selected. */
@Service()
export class BoardView {
  private readonly store = inject(ProductsStore);
  private readonly taps = inject(StockTaps);
  private readonly language = inject(TranslocoService).activeLang;

  /** What to look for. */
  readonly filter = signal('');
  readonly chips = signal<Chips>({});
  readonly sorting = signal<Sorting | undefined>(undefined);

  private readonly counted = computed(() => withTaps(this.store.products(), this.taps.deltas()));
  readonly shown = computed(() =>
    sorted(filtered(chipped(this.counted(), this.chips()), this.filter()), this.sorting(), this.language()),
  );
  readonly narrowed = computed(() => this.filter().trim() !== '' || isNarrowed(this.chips()));
  /** How many products there are, as the language writes it. */
  readonly count = computed(() => formatCount(this.store.products().length, this.language()));

  /** Ids; what is no longer there is no longer selected. */
  readonly selected = linkedSignal<readonly Product[], ReadonlySet<number>>({
    source: this.store.products,
    computation: (products, before) => {
      const chosen = before?.value ?? NOTHING;
      if (chosen.size === 0) return chosen;
      return new Set(products.map(({ id }) => id).filter((id) => chosen.has(id)));
    },
  });
  readonly selectedProducts = computed(() =>
    this.store.products().filter((product) => this.selected().has(product.id) && !isAbsent(product)),
  );

  /** Shows everything again. */
  widen(): void {
    this.filter.set('');
    this.chips.set({});
  }

  deselect(): void {
    this.selected.set(NOTHING);
  }
}

const NOTHING: ReadonlySet<number> = new Set();

/** The products with what was tapped in and away on top. */
function withTaps<P extends Product>(
  products: readonly P[],
  taps: ReadonlyMap<number, { delta: number }>,
): readonly P[] {
  if (taps.size === 0) return products;
  return products.map((product) => {
    const tapped = taps.get(product.id);
    return tapped ? { ...product, stock: Math.max(0, product.stock + tapped.delta) } : product;
  });
}
