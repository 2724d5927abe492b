import {
  isMemberRecord,
  type JournalRecord,
  type MemberInfo,
  memberOf,
  type MemberRecord,
  reduceMember,
} from '../contract/index.js';
import type { Checkpointed, StoredRecord, View } from '../journal/index.js';

/** What the records say of members. */
export class KnownMembers implements View {
  private members = new Map<string, MemberInfo>();
  /** What is decided but not durable. */
  private staged = new Map<string, MemberInfo>();

  readonly checkpoint: Checkpointed = {
    shape: 'members 1',
    save: () => this.members,
    load: (state) => (this.members = state as Map<string, MemberInfo>),
  };

  /** @param applied called with each record about a member once it is durable */
  constructor(private readonly applied: (record: MemberRecord) => void) {}

  /** As later decisions of the same batch see it. */
  get(email: string): MemberInfo | undefined {
    return this.staged.get(email) ?? this.members.get(email);
  }

  durable(email: string): MemberInfo | undefined {
    return this.members.get(email);
  }

  get size(): number {
    return this.members.size;
  }

  /** By e-mail; undefined while nothing is known of anybody. */
  get all(): readonly MemberInfo[] | undefined {
    if (this.members.size === 0) return undefined;
    return [...this.members.values()].sort((a, b) => (a.email < b.email ? -1 : 1));
  }

  replay(stored: StoredRecord): void {
    if (isMemberRecord(stored)) this.reduce(this.members, stored.read());
  }

  apply(record: JournalRecord): void {
    if (!isMemberRecord(record)) return;
    this.reduce(this.members, record);
    this.applied(record);
  }

  stage(record: JournalRecord): void {
    this.reduce(this.staged, record);
  }

  unstage(): void {
    this.staged.clear();
  }

  private reduce(members: Map<string, MemberInfo>, record: JournalRecord): void {
    if (!isMemberRecord(record)) return;
    const email = memberOf(record);
    members.set(email, reduceMember(this.get(email), record));
  }
}
