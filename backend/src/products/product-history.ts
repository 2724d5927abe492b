import {
  type JournalRecord,
  LIMITS,
  type ProductHistoryPage,
  type ProductHistoryRequest,
  productOf,
  type ProductRecord,
  productRecordsOf,
} from '../contract/index.js';
import type { Journal } from '../journal/index.js';
import type { ProductTimeline } from './product-timeline.js';

/** Records of one read: a page of long records ends before its limit, and the rest would be read for nothing. */
const STEP_RECORDS = 20;

/** A page of the records about a product, newest first. Its cost does not depend on the number of other records. */
export async function historyPage(
  timeline: ProductTimeline,
  journal: Pick<Journal, 'readEach'>,
  { product, before = Infinity, limit }: ProductHistoryRequest,
): Promise<ProductHistoryPage> {
  const numbers = timeline.before(product, before, limit + 1);
  const records: ProductRecord[] = [];
  let bytes = 0;
  for (let from = 0; from < limit && from < numbers.length; from += STEP_RECORDS) {
    const step = await journal.readEach(numbers.slice(from, Math.min(limit, from + STEP_RECORDS)));
    for (const record of step) {
      const changes = changesIn(record, product);
      bytes += Buffer.byteLength(JSON.stringify(changes));
      if (bytes > LIMITS.productHistoryBytes && records.length > 0) return { records, more: true };
      records.push(...changes);
    }
  }
  return { records, more: numbers.length > limit };
}

/**
 * The moves of one message, newest first as the records are. They have one number, and the next page begins below it: so they are
 * never divided between two pages.
 */
function changesIn(record: JournalRecord, product: number): readonly ProductRecord[] {
  return productRecordsOf(record)
    .toReversed()
    .filter((change) => productOf(change) === product);
}
