import { Service, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { Product } from 'backend/contract';
import { Alerts } from '../ui/alerts';
import { ProductChanges } from './product-changes';

/** Removes products, once that is confirmed; the undo offer brings them back. */
@Service()
export class ProductRemoval {
  private readonly alerts = inject(Alerts);
  private readonly transloco = inject(TranslocoService);
  private readonly changes = inject(ProductChanges);

  /** Whether it was removed, or will be. */
  async remove(product: Product): Promise<boolean> {
    const { title } = product;
    const sure = await this.sure(this.transloco.translate('board.confirmRemove', { title }));
    if (!sure) return false;
    this.changes.remove(product);
    this.alerts.announce(this.transloco.translate('board.removed', { title }));
    return true;
  }

  async removeAll(products: readonly Product[]): Promise<void> {
    const sure = await this.sure(this.transloco.translate('bulk.confirmRemove', { count: products.length }));
    if (sure) this.changes.removeAll(products);
  }

  private sure(title: string): Promise<boolean> {
    return this.alerts.confirm({
      title,
      text: this.transloco.translate('board.confirmRemoveText'),
      confirm: this.transloco.translate('board.removeIt'),
      cancel: this.transloco.translate('alerts.cancel'),
      danger: true,
    });
  }
}
