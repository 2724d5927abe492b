import { Service, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { Alert, Follow } from 'backend/contract';
import { SessionStore } from '../session/session-store';
import { ProductsStore } from '../products/products-store';
import { formatCount, formatPrice } from '../ui/amount';

/** What alerts and rules say to people. */
@Service()
export class AlertWords {
  private readonly transloco = inject(TranslocoService);
  private readonly currency = inject(SessionStore).currency;
  private readonly products = inject(ProductsStore).products;

  /** One sentence. */
  of({ kind, title, by, then = 0, now = 0 }: Alert): string {
    const language = this.transloco.activeLang();
    const amount = (number: number): string =>
      kind === 'price' ? formatPrice(number, language, this.currency()) : formatCount(number, language);
    return this.transloco.translate(`follows.alert.${kind}`, { title, by, then: amount(then), now: amount(now) });
  }

  /** What a rule is on. */
  target({ on }: Follow): string {
    if ('category' in on) return this.transloco.translate('follows.category', { category: on.category });
    const product = this.products().find(({ id }) => id === on.product);
    return product?.title ?? this.transloco.translate('follows.gone', { product: on.product });
  }

  /** What a rule asks for. */
  rule({ stockBelow, price, mentions }: Follow): string {
    const said = [
      stockBelow === undefined
        ? ''
        : this.transloco.translate('follows.belowOf', { count: formatCount(stockBelow, this.transloco.activeLang()) }),
      price ? this.transloco.translate('follows.price') : '',
      mentions ? this.transloco.translate('follows.mentions') : '',
    ];
    return said.filter(Boolean).join(' · ');
  }
}
