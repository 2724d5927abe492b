import { computed, inject, type Signal } from '@angular/core';
import type { Message } from 'backend/contract';
import { CHAT_PRODUCTS } from './chat-products';
import { referenceNames } from './product-references';
import { ProductsThen } from './products-then';

/** What the products that a message is about are called in its text. For the constructor of a piece. */
export function namesIn(message: Signal<Pick<Message, 'n' | 'about'> | undefined>) {
  const products = inject(CHAT_PRODUCTS);
  const thens = inject(ProductsThen);
  return computed(() => {
    const { n = 0, about = [] } = message() ?? {};
    return referenceNames(about, (product) => [
      products.now().get(product),
      products.gone(product),
      thens.of({ product, n }),
    ]);
  });
}
