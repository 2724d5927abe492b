import { NgComponentOutlet } from '@angular/common';
import { Component, InjectionToken, computed, inject, input, type Type } from '@angular/core';
import type { Product } from 'backend/contract';

/** What the page shows below the fields of a product: its input `product` is given. */
export const ABOUT_PRODUCT = new InjectionToken<Type<unknown> | null>('ABOUT_PRODUCT', { factory: () => null });

/** The place of what other features know of a product. */
@Component({
  selector: 'app-panel-timeline',
  imports: [NgComponentOutlet],
  template: `<ng-container [ngComponentOutlet]="piece" [ngComponentOutletInputs]="inputs()" />`,
})
export class PanelTimeline {
  readonly product = input.required<Product>();
  protected readonly piece = inject(ABOUT_PRODUCT);
  protected readonly inputs = computed(() => ({ product: this.product() }));
}
