import { Service, inject } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { ProductRecord } from 'backend/contract';
import { formatAmount, formatCount } from '../ui/amount';

/** What happened to a product, in words. */
@Service()
export class ChangeWords {
  private readonly transloco = inject(TranslocoService);

  of(record: ProductRecord): string {
    switch (record.type) {
      case 'stock-moved': {
        const sign = record.delta > 0 ? '+' : record.delta < 0 ? '−' : '±';
        return [`${sign}${this.count(Math.abs(record.delta))}`, record.note].filter(Boolean).join(' · ');
      }
      case 'product-changed':
        return Object.entries(record.fields)
          .map(([name, value]) => `${this.transloco.translate(`product.${name}`)}: ${this.value(name, value)}`)
          .join(' · ');
      default:
        return this.transloco.translate(`history.${record.type}`);
    }
  }

  /** How many pieces there were after a move; empty for other changes. */
  balanceOf(record: ProductRecord): string {
    if (record.type !== 'stock-moved') return '';
    return this.transloco.translate('history.balance', { stock: this.count(record.stock) });
  }

  private count(count: number): string {
    return formatCount(count, this.transloco.activeLang());
  }

  private value(name: string, value: string | number): string {
    if (typeof value === 'string') return value || '—';
    return name === 'price' ? formatAmount(value, this.transloco.activeLang()) : this.count(value);
  }
}
