import type { Alert, Follow, MessagePosted, Product, ProductRecord } from '../contract/index.js';

/** What a record did that rules may ask for: an alert, and whether a rule asks for it. */
export interface Happening {
  readonly alert: Alert;
  readonly isAskedForBy: (follow: Follow) => boolean;
}

/** What became of a product with a record about it; undefined where no rule can ask for that. */
export function happened(record: ProductRecord, before: Product | undefined, after: Product): Happening | undefined {
  if (!before) return undefined;
  if (record.type === 'product-changed' && after.price !== before.price) {
    const alert: Alert = { ...about(record, after), kind: 'price', then: before.price, now: after.price };
    return { alert, isAskedForBy: ({ price }) => price === true };
  }
  if (record.type === 'stock-moved' && after.stock < before.stock) {
    const alert: Alert = { ...about(record, after), kind: 'stock', then: before.stock, now: after.stock };
    // Crossed by this record: while it stays below it is the same state, which was told.
    const isCrossed = (below: number): boolean => after.stock < below && before.stock >= below;
    return { alert, isAskedForBy: ({ stockBelow }) => stockBelow !== undefined && isCrossed(stockBelow) };
  }
  return undefined;
}

/** That a message is about a product. */
export function mentioned(record: MessagePosted, product: Product): Happening {
  return { alert: { ...about(record, product), kind: 'mention' }, isAskedForBy: ({ mentions }) => mentions === true };
}

function about({ n, at, by }: MessagePosted | ProductRecord, { id, title }: Product): Omit<Alert, 'kind'> {
  return { n, at, by, product: id, title };
}
