import { DOCUMENT, Service, inject, linkedSignal } from '@angular/core';
import type { Product } from 'backend/contract';
import { fromEvent } from 'rxjs';
import { Member } from '../realtime/member';
import { ProductChanges } from './product-changes';

/** How long, in ms, taps on one product are gathered into one move. */
const GATHER_MS = 600;

interface Taps {
  readonly product: Product;
  readonly delta: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

/**
 * Pieces that are tapped away or in, one by one: shown at once, and sent as one move when the fingers rest, when the page is
 * hidden, or when something else is done to the product. Never in the name of the next member at this page.
 */
@Service()
export class StockTaps {
  private readonly changes = inject(ProductChanges);
  private readonly open = linkedSignal<string | null, ReadonlyMap<number, Taps>>({
    source: inject(Member).email,
    computation: () => new Map(),
  });
  /** Pieces that came and went and are not sent yet, by product. */
  readonly deltas = this.open.asReadonly();

  constructor() {
    const document = inject(DOCUMENT);
    fromEvent(document, 'visibilitychange').subscribe(() => document.hidden && this.flush());
    if (document.defaultView) fromEvent(document.defaultView, 'pagehide').subscribe(() => this.flush());
  }

  /** @param product as it is confirmed or pending, without these taps */
  tap(product: Product, delta: 1 | -1): void {
    const before = this.open().get(product.id);
    const sum = (before?.delta ?? 0) + delta;
    if (product.stock + sum < 0) return;
    clearTimeout(before?.timer);
    const timer = setTimeout(() => this.send(product.id), GATHER_MS);
    this.put(product.id, { product, delta: sum, timer });
  }

  /** Sends what was gathered, now. */
  flush(): void {
    for (const id of this.open().keys()) this.send(id);
  }

  private send(id: number): void {
    const taps = this.open().get(id);
    if (!taps) return;
    clearTimeout(taps.timer);
    this.put(id, undefined);
    if (taps.delta !== 0) this.changes.move(taps.product, taps.delta);
  }

  private put(id: number, taps: Taps | undefined): void {
    const next = new Map(this.open());
    if (taps) next.set(id, taps);
    else next.delete(id);
    this.open.set(next);
  }
}
