import {
  isMessageRecord,
  isProductRecord,
  type JournalRecord,
  LIMITS,
  reduceMessages,
  reducePinned,
  reduceProducts,
  type Snapshot,
} from '../src/contract/index.js';

/** What a page makes of a snapshot and the records that it hears behind it, cut to what a snapshot shows. */
export function reduced(snapshot: Snapshot, heard: readonly JournalRecord[]): Snapshot {
  const records = heard.filter(({ n }) => n > snapshot.n);
  const held = new Map(snapshot.products.map((product) => [product.id, product]));
  const messages = reduceMessages(snapshot.messages, records.filter(isMessageRecord));
  const { pinned: before, ...rest } = snapshot;
  const pinned = records.filter(isMessageRecord).reduce(reducePinned, before);
  return {
    ...rest,
    ...(pinned !== undefined && { pinned }),
    n: records.at(-1)?.n ?? snapshot.n,
    ...(records.length > 0 && { command: records.at(-1)?.id }),
    products: [...reduceProducts(held, records.filter(isProductRecord)).values()],
    messages: messages.slice(-LIMITS.snapshotMessages),
    more: snapshot.more || messages.length > LIMITS.snapshotMessages,
  };
}
