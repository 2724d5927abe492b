import { Injector, computed, inject, type Signal } from '@angular/core';
import type { Message } from 'backend/contract';
import { CHAT_PRODUCTS } from './chat-products';
import { referenceNames, type ReferenceNames } from './product-references';
import { ProductsThen } from './products-then';

const NONE: ReferenceNames = new Map();

/** What the products that a message is about are called in its text. For the constructor of a piece. */
export function namesIn(message: Signal<Pick<Message, 'n' | 'about'> | undefined>) {
  const injector = inject(Injector);
  return computed(() => {
    const { n = 0, about = [] } = message() ?? {};
    if (about.length === 0) return NONE;
    const [products, thens] = [injector.get(CHAT_PRODUCTS), injector.get(ProductsThen)];
    return referenceNames(about, (product) => [
      products.now().get(product),
      products.gone(product),
      thens.of({ product, n }),
    ]);
  });
}
