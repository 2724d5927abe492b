import {
  isMessageRecord,
  type JournalRecord,
  LIMITS,
  productRecordsIn,
  reduceMembers,
  reduceMessages,
  reducePinned,
  reduceProducts,
  type Snapshot,
} from '../src/contract/index.js';

/** The snapshot after these records, by the reducers of the page; with as many messages as a snapshot has. */
export function applyRecords(snapshot: Snapshot, received: readonly JournalRecord[]): Snapshot {
  const records = received.filter(({ n }) => n > snapshot.n);
  const held = new Map(snapshot.products.map((product) => [product.id, product]));
  const messages = reduceMessages(snapshot.messages, records.filter(isMessageRecord));
  const { pinned: before, members: known = [], ...rest } = snapshot;
  const members = reduceMembers(known, records);
  const pinned = records.filter(isMessageRecord).reduce(reducePinned, before);
  return {
    ...rest,
    ...(pinned !== undefined && { pinned }),
    ...(members.length > 0 && { members }),
    n: records.at(-1)?.n ?? snapshot.n,
    ...(records.length > 0 && { command: records.at(-1)?.id }),
    products: [...reduceProducts(held, productRecordsIn(records)).values()],
    messages: messages.slice(-LIMITS.snapshotMessages),
    more: snapshot.more || messages.length > LIMITS.snapshotMessages,
  };
}
