import { COMMANDS } from './commands.js';
import type { JournalRecord, MemberRecord, MessageRecord, ProductRecord, RecordType } from './records.js';

/** The module of each type of record, by the command that makes it. */
const MODULES: ReadonlyMap<unknown, string> = new Map(
  Object.values(COMMANDS).map(({ type, module }) => [type, module]),
);

/** Whether this version knows records of that type. A journal with others is refused; a page asks for a reload. */
export function isKnownType(type: unknown): type is RecordType {
  return MODULES.has(type);
}

/** Something of which at least the type of record is known. */
interface Typed {
  readonly type: RecordType;
}

export function isMessageRecord<R extends Typed>(record: R): record is R & { type: MessageRecord['type'] } {
  return MODULES.get(record.type) === 'chat';
}

export function isProductRecord<R extends Typed>(record: R): record is R & { type: ProductRecord['type'] } {
  return MODULES.get(record.type) === 'products';
}

export function isMemberRecord<R extends Typed>(record: R): record is R & { type: MemberRecord['type'] } {
  return MODULES.get(record.type) === 'members';
}

/** What a record says of products: itself, the moves of a message, or nothing. */
export function productRecordsOf(record: JournalRecord): readonly ProductRecord[] {
  if (isProductRecord(record)) return [record];
  if (record.type !== 'message-posted' || !record.moves) return [];
  const { n, at, by, id } = record;
  return record.moves.map((move) => ({ n, at, by, id, type: 'stock-moved', ...move }));
}

/** What these records say of products, in order. */
export function productRecordsIn(records: readonly JournalRecord[]): readonly ProductRecord[] {
  return records.flatMap(productRecordsOf);
}
