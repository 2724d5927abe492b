import { signal } from '@angular/core';
import type { Message, Product } from 'backend/contract';
import type { ChatProducts, ProductNow } from './chat-products';

/** Products for the specs of the conversation, which notes what is done to them. */
export class FakeProducts implements ChatProducts {
  private readonly held = signal<ReadonlyMap<number, ProductNow>>(new Map());
  private readonly removed = new Map<number, Product>();
  private readonly isComplete = signal(true);
  readonly now = this.held.asReadonly();
  readonly complete = this.isComplete.asReadonly();
  /** Ids. */
  readonly opened: number[] = [];
  readonly restored: Product[] = [];
  readonly undone: Pick<Message, 'n' | 'moves'>[] = [];

  constructor(...products: readonly ProductNow[]) {
    this.set(...products);
  }

  set(...products: readonly ProductNow[]): void {
    this.held.update((held) => new Map([...held, ...products.map((product) => [product.id, product] as const)]));
  }

  /** @param seen whether the page was open meanwhile */
  remove(id: number, seen = true): void {
    const product = this.held().get(id);
    if (product && seen) this.removed.set(id, product);
    this.held.update((held) => new Map([...held].filter(([key]) => key !== id)));
  }

  load(complete: boolean): void {
    this.isComplete.set(complete);
  }

  gone(id: number): Product | undefined {
    return this.removed.get(id);
  }

  open({ id }: Product): void {
    this.opened.push(id);
  }

  restore(product: Product): void {
    this.restored.push(product);
  }

  offerUndo(message: Pick<Message, 'n' | 'moves'>): void {
    this.undone.push(message);
  }
}
