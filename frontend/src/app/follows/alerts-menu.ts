import { Component, computed, inject, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import type { Alert, Follow, Product } from 'backend/contract';
import { ProductsStore } from '../products/products-store';
import { Alerts } from '../ui/alerts';
import { Icon } from '../ui/icon';
import { shortlyOf } from '../ui/instant';
import { refusalText } from '../ui/refusal';
import { AlertNotices } from './alert-notices';
import { AlertWords } from './alert-words';
import { FollowsStore } from './follows-store';
import { ShownEmail } from '../ui/shown-email';

/** In the bar, for who follows something: the alerts, how many are new, and everything that is followed. */
@Component({
  selector: 'app-alerts-menu',
  imports: [Icon, MatButtonModule, ShownEmail, TranslocoDirective],
  templateUrl: './alerts-menu.html',
  styleUrl: './alerts-menu.scss',
})
export class AlertsMenu {
  private readonly transloco = inject(TranslocoService);
  private readonly products = inject(ProductsStore);
  private readonly toasts = inject(Alerts);
  protected readonly store = inject(FollowsStore);
  protected readonly words = inject(AlertWords);
  protected readonly notices = inject(AlertNotices);

  /** A product is to be shown. */
  readonly opens = output<Product>();

  protected readonly shown = computed(() => this.store.follows().length > 0 || this.store.alerts().length > 0);
  protected readonly when = shortlyOf;

  /** As long as the list is open, what is in it is seen when it closes, too. */
  protected toggled(): void {
    this.notices.dismiss();
    this.store.see();
  }

  protected open({ product: id }: Alert, menu?: Partial<HTMLElement>): void {
    menu?.hidePopover?.();
    this.notices.dismiss();
    const product = this.products.products().find((other) => other.id === id);
    if (product) this.opens.emit(product);
    else this.toasts.toast(this.transloco.translate('follows.gone', { product: id }));
  }

  protected async unfollow({ on }: Follow): Promise<void> {
    const answer = await this.store.set({ on });
    if (!answer.ok) this.toasts.toast(refusalText(this.transloco, answer.error));
  }
}
