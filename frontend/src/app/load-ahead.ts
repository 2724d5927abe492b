import { Injector, Service, afterNextRender, effect, inject } from '@angular/core';
import { ProductsStore } from './products/products-store';
import { loadTimeline } from './timeline/about-product';
import { Settled } from './ui/settled';

/** Says when the page is settled: its board is drawn. The parts that open later are loaded from then on. */
@Service()
export class LoadAhead {
  constructor() {
    const [injector, products, settled] = [inject(Injector), inject(ProductsStore), inject(Settled)];
    effect(() => {
      if (!products.loading()) afterNextRender(() => settled.shown(), { injector });
    });
    effect(() => {
      // No template knows it before a product is open.
      if (settled.now()) void loadTimeline();
    });
  }
}
