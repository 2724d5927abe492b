import { InjectionToken, Service, computed, inject, signal, type Signal } from '@angular/core';
import { foldCode, type Message, type Product } from 'backend/contract';

/** A product as the page shows it: with this member's changes that wait for the server. */
export interface ProductNow extends Product {
  readonly waiting?: string;
}

/** What the conversation needs of the products. The page provides it, which knows both. */
export interface ChatProducts {
  /** By id. */
  readonly now: Signal<ReadonlyMap<number, ProductNow>>;
  /** Whether all products are there: the parts of a large board come one after the other. */
  readonly complete: Signal<boolean>;
  /** As it was last seen, a product that was removed while the page was open. */
  gone(id: number): Product | undefined;
  /** Shows it beside the table. */
  open(product: Product): void;
  /** @param product as it was last known */
  restore(product: Product): void;
  /** A message of this member was stored and has moved stock: that is offered to be undone. */
  offerUndo(message: Pick<Message, 'n' | 'at' | 'command' | 'moves'>): void;
}

/** A page without products. */
const NONE: ChatProducts = {
  now: signal(new Map<number, ProductNow>()).asReadonly(),
  complete: signal(true).asReadonly(),
  gone: () => undefined,
  open: () => undefined,
  restore: () => undefined,
  offerUndo: () => undefined,
};

export const CHAT_PRODUCTS = new InjectionToken<ChatProducts>('CHAT_PRODUCTS', { factory: () => NONE });

/** The products by what they are called in a text. */
@Service()
export class ProductCodes {
  private readonly products = inject(CHAT_PRODUCTS);
  /** Those that are stored, in the order of the board. */
  readonly all = computed(() => [...this.products.now().values()].filter(({ id }) => id > 0));
  private readonly byCode = computed(() => {
    const found = new Map<string, ProductNow>();
    for (const product of this.all()) {
      const code = foldCode(product.code);
      if (code !== '' && !found.has(code)) found.set(code, product);
    }
    return found;
  });

  /** @param code as `foldCode` makes it */
  find(code: string): ProductNow | undefined {
    return this.byCode().get(code);
  }
}
