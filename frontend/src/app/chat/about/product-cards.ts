import { Component, computed, input } from '@angular/core';
import { ProductCard, type CardedMessage } from './product-card';

/** Below a message, a card for each product that it is about. */
@Component({
  selector: 'app-product-cards',
  imports: [ProductCard],
  template: `
    @for (id of products(); track id) {
      <app-product-card [message]="message()" [product]="id" [member]="member()" [reachable]="reachable()" />
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
    }
    app-product-card {
      flex: 0 1 auto;
      min-inline-size: 0;
      max-inline-size: 100%;
    }
  `,
  // What changes on a card is not said aloud each time: the conversation around it is.
  host: { 'aria-live': 'off' },
})
export class ProductCards {
  readonly message = input.required<CardedMessage>();
  /** Who looks at it; null for a visitor. */
  readonly member = input<string | null>(null);
  /** Whether Tab leads to what can be pressed. */
  readonly reachable = input(true);

  /** Ids. */
  protected readonly products = computed(() => {
    const { about = [], moves = [] } = this.message();
    return [...new Set([...moves.map(({ product }) => product), ...about])];
  });
}
