import type { Access } from './access.js';
import { isMemberRecord } from './record-kinds.js';
import type { JournalRecord, MemberRecord } from './records.js';

/** How many colours members can choose from; the page knows which they are. */
export const MEMBER_COLOURS = 12;

/** What is known of a member beside the e-mail. */
export interface MemberInfo {
  /** In lower case, NFC. */
  readonly email: string;
  /** The name to show beside the e-mail; absent while none is given. */
  readonly name?: string;
  /** From 0 to `MEMBER_COLOURS` - 1; absent while none is chosen: then it follows from the e-mail. */
  readonly colour?: number;
  /** What an admin has decided; absent where nobody has: then the configuration says it. */
  readonly access?: Access;
}

/** The e-mail of the member whom a record is about. */
export function memberOf(record: MemberRecord): string {
  return record.type === 'member-profiled' ? record.by : record.member;
}

/** What is known of one member after a record about that member. Pure: server and page use it. */
export function reduceMember(known: MemberInfo | undefined, record: MemberRecord): MemberInfo {
  const { name: _name, colour: _colour, ...rest } = known ?? { email: memberOf(record) };
  if (record.type === 'member-access-set') return { ...(known ?? rest), access: record.access };
  const { name, colour } = record;
  return { ...rest, ...(name && { name }), ...(colour !== undefined && { colour }) };
}

/** The members after a batch of records, in a new list, by e-mail; the same list when none of them is about a member. */
export function reduceMembers(
  members: readonly MemberInfo[],
  records: readonly JournalRecord[],
): readonly MemberInfo[] {
  const about = records.filter(isMemberRecord);
  if (about.length === 0) return members;
  const known = new Map(members.map((member) => [member.email, member]));
  for (const record of about) known.set(memberOf(record), reduceMember(known.get(memberOf(record)), record));
  return [...known.values()].sort((a, b) => (a.email < b.email ? -1 : 1));
}
