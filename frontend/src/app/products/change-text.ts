import type { TranslocoService } from '@jsverse/transloco';
import type { ProductRecord } from 'backend/contract';
import { formatAmount, formatCount } from '../ui/amount';

/** What a record did to a product, in the language of the page: «Precio: 329,90», «−3 · rotura», «eliminado». */
export function changeText(record: ProductRecord, transloco: TranslocoService): string {
  const language = transloco.getActiveLang();
  switch (record.type) {
    case 'stock-moved': {
      const pieces = `${record.delta > 0 ? '+' : '−'}${formatCount(Math.abs(record.delta), language)}`;
      return [pieces, record.note].filter(Boolean).join(' · ');
    }
    case 'product-changed':
      return Object.entries(record.fields)
        .map(([name, value]) => `${transloco.translate(`product.${name}`)}: ${valueText(name, value, language)}`)
        .join(' · ');
    default:
      return transloco.translate(`history.${record.type}`);
  }
}

function valueText(name: string, value: string | number, language: string): string {
  if (typeof value === 'string') return value || '—';
  return name === 'price' ? formatAmount(value, language) : formatCount(value, language);
}
