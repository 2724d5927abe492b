import { Service, inject, signal, type WritableSignal } from '@angular/core';
import { LIMITS, type Product, type ProductsThenRequest } from 'backend/contract';
import { Connection } from '../../realtime/connection';
import { growingDelay } from '../../realtime/growing-delay';

/** A product right after a record. */
export type ProductAt = ProductsThenRequest['of'][number];
/** Null where it was not there then; undefined while that is not known. */
export type Then = Product | null | undefined;

/** States that the page remembers at most. */
const MAX_KNOWN = 5_000;

/**
 * Products as they were when something was said about them. What all cards in sight want to know goes in one request. While
 * the read model has not come as far as a record, it is asked again; what it refuses is asked again over the next connection.
 */
@Service()
export class ProductsThen {
  private readonly connection = inject(Connection);
  private readonly known = new Map<string, WritableSignal<Then>>();
  /** What is on its way, and what was refused. */
  private readonly asked = new Set<string>();
  private wanted: ProductAt[] = [];
  /** What the read model had not come to yet. */
  private unindexed: ProductAt[] = [];
  private attempts = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly joins = signal(0);
  /** Counts the connections: with each, what is not known may be asked again. */
  readonly round = this.joins.asReadonly();

  constructor() {
    this.connection.joined.subscribe(({ mode }) => {
      this.begin();
      // It may be another history.
      if (mode === 'snapshot') for (const then of this.known.values()) then.set(undefined);
    });
  }

  /** Read in a reactive context. */
  of(at: ProductAt): Then {
    return this.place(at)();
  }

  /** The page has seen it itself. */
  learn(at: ProductAt, product: Product): void {
    this.place(at).set(product);
  }

  ask(at: ProductAt): void {
    const key = keyOf(at);
    if (this.asked.has(key)) return;
    this.asked.add(key);
    if (this.wanted.push(at) === 1) queueMicrotask(() => this.send(this.wanted.splice(0)));
  }

  private begin(): void {
    clearTimeout(this.timer);
    this.asked.clear();
    this.wanted = [];
    this.unindexed = [];
    this.attempts = 0;
    this.joins.update((joins) => joins + 1);
  }

  private send(wanted: readonly ProductAt[]): void {
    for (let from = 0; from < wanted.length; from += LIMITS.productsThen)
      void this.request(wanted.slice(from, from + LIMITS.productsThen));
  }

  private async request(of: readonly ProductAt[]): Promise<void> {
    const round = this.round();
    const answer = await this.connection.request('product:then', { of });
    if (round !== this.round() || !answer.ok) return;
    const { n, products } = answer.data;
    const later = of.filter((at) => n < at.n);
    of.forEach((at, place) => {
      if (n >= at.n) this.place(at).set(products[place] ?? null);
    });
    if (later.length > 0) this.askLater(later);
    else this.attempts = 0;
  }

  private askLater(later: readonly ProductAt[]): void {
    this.unindexed.push(...later);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(this.unindexed.splice(0)), growingDelay(this.attempts++));
  }

  private place(at: ProductAt): WritableSignal<Then> {
    const key = keyOf(at);
    const found = this.known.get(key);
    if (found) return found;
    const place = signal<Then>(undefined);
    this.known.set(key, place);
    for (const oldest of this.known.keys()) {
      if (this.known.size <= MAX_KNOWN) break;
      this.known.delete(oldest);
    }
    return place;
  }
}

function keyOf({ product, n }: ProductAt): string {
  return `${product}:${n}`;
}
