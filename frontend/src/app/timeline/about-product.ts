import { Component, input } from '@angular/core';
import type { Product } from 'backend/contract';
import { PartMissing } from '../ui/part-missing';
import { Skeleton } from '../ui/skeleton';
import { ProductTimeline } from './product-timeline';

/** The timeline of a product, which is loaded when somebody opens one. */
@Component({
  selector: 'app-about-product',
  imports: [PartMissing, ProductTimeline, Skeleton],
  template: `
    @defer (on immediate) {
      <app-product-timeline [product]="product()" />
    } @loading {
      <app-skeleton kind="messages" />
    } @error {
      <app-part-missing />
    }
  `,
})
export class AboutProduct {
  readonly product = input.required<Product>();
}

/** Loads it before somebody does. What does not come now is asked for again then. */
export async function loadTimeline(): Promise<void> {
  await import('./product-timeline').catch(() => undefined);
}
