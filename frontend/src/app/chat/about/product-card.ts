import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Message } from 'backend/contract';
import { Connection } from '../../realtime/connection';
import { WriteAccess } from '../../members/write-access';
import { SessionStore } from '../../session/session-store';
import { formatCount, formatPrice } from '../../ui/amount';
import { ProductPicture } from '../../ui/product-picture';
import { CHAT_PRODUCTS } from './chat-products';
import { ProductsThen } from './products-then';

/** A message as far as its cards go. */
export type CardedMessage = Pick<Message, 'n' | 'about' | 'moves'>;

/** A value as it was when something was said, where it is another one by now. */
interface ThenNow {
  readonly then: string | undefined;
  readonly now: string;
}

/**
 * A product that somebody wrote about, as it is now; and, where that differs, as it was right after the message. The page
 * asks for that only when it has not seen it itself.
 */
@Component({
  selector: 'app-product-card',
  imports: [ProductPicture, TranslocoDirective],
  templateUrl: './product-card.html',
  styleUrl: './product-card.scss',
})
export class ProductCard {
  private readonly connection = inject(Connection);
  private readonly currency = inject(SessionStore).currency;
  private readonly language = inject(TranslocoService).activeLang;
  private readonly products = inject(CHAT_PRODUCTS);
  private readonly thens = inject(ProductsThen);
  protected readonly access = inject(WriteAccess);

  readonly message = input.required<CardedMessage>();
  /** Its id. */
  readonly product = input.required<number>();
  /** Who looks at it; null for a visitor, who cannot bring a removed product back. */
  readonly member = input<string | null>(null);
  readonly reachable = input(true);

  private readonly at = computed(() => ({ product: this.product(), n: this.message().n }));
  private readonly then = computed(() => this.thens.of(this.at()));
  protected readonly now = computed(() => this.products.now().get(this.product()));
  /** As it was last known, when it is there no more. */
  protected readonly last = computed(() => this.products.gone(this.product()) ?? this.then() ?? undefined);
  protected readonly isRemoved = computed(() => !this.now() && this.products.complete() && this.connection.ready());

  protected readonly price = computed(() =>
    this.compared('price', (price) => formatPrice(price, this.language(), this.currency())),
  );
  protected readonly stock = computed(() => this.compared('stock', (stock) => formatCount(stock, this.language())));
  protected readonly differs = computed(() => this.price()?.then !== undefined || this.stock()?.then !== undefined);
  /** What the message moved: «15 → 12 · rotura». */
  protected readonly moved = computed(() =>
    (this.message().moves ?? [])
      .filter(({ product }) => product === this.product())
      .map(({ delta, stock, note }) => {
        const [before, after] = [stock - delta, stock].map((count) => formatCount(count, this.language()));
        return `${before} → ${after}${note ? ` · ${note}` : ''}`;
      }),
  );

  constructor() {
    effect(() => {
      const [at, now] = [this.at(), this.now()];
      if (now && now.n <= at.n) {
        // Not changed since, as far as the server knows.
        if (!now.waiting) untracked(() => this.thens.learn(at, now));
      } else if (this.isKnowable() && this.then() === undefined) untracked(() => this.thens.ask(at));
    });
  }

  protected open(): void {
    const now = this.now();
    if (now) this.products.open(now);
  }

  protected restore(): void {
    const last = this.last();
    if (last) this.products.restore(last);
  }

  private isKnowable(): boolean {
    // With each connection anew.
    this.thens.round();
    return this.connection.online() && (this.isRemoved() || this.now() !== undefined);
  }

  private compared(field: 'price' | 'stock', format: (value: number) => string): ThenNow | undefined {
    const [now, then] = [this.now(), this.then()];
    if (!now) return undefined;
    const isOther = then && then[field] !== now[field];
    return { then: isOther ? format(then[field]) : undefined, now: format(now[field]) };
  }
}
