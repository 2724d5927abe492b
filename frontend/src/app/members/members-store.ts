import { Service, computed, inject, signal } from '@angular/core';
import { isMemberRecord, reduceMembers, type JournalRecord, type MemberInfo, type Snapshot } from 'backend/contract';
import { intendedRecord, isUnanswered } from '../realtime/command';
import { Connection } from '../realtime/connection';
import { shownEmail } from '../ui/shown-email';

/** What is known of members beside their e-mails: as the feed delivers it, with one's own pending changes. */
@Service()
export class MembersStore {
  private readonly connection = inject(Connection);
  private readonly stored = signal<readonly MemberInfo[]>([]);
  private readonly seen = signal<ReadonlySet<string>>(new Set());
  private readonly byEmail = computed(() => new Map(this.all().map((member) => [member.email, member])));

  /** Those of whom there is something to know, by e-mail. */
  readonly all = computed(() => {
    const own = this.connection.pending().filter(isUnanswered);
    return reduceMembers(
      this.stored(),
      own.map(intendedRecord).filter((record) => record !== undefined && isMemberRecord(record)),
    );
  });
  /** E-mails of those who did what this page has been told of. */
  readonly authors = this.seen.asReadonly();

  constructor() {
    this.connection.listen((change) => {
      if (change.kind === 'snapshot') this.replace(change.snapshot);
      else if (change.kind === 'products') this.notice(change.products);
      else this.append(change.records);
    });
  }

  get(email: string): MemberInfo | undefined {
    return this.byEmail().get(email);
  }

  /** Empty where none is given. */
  nameOf(email: string): string {
    return this.get(email)?.name ?? '';
  }

  /** «Ana María (ana@acme.com)», or the e-mail alone. */
  labelOf(email: string): string {
    const name = this.nameOf(email);
    const shown = shownEmail(email);
    return name ? `${name} (${shown})` : shown;
  }

  private replace({ members = [], messages, products }: Snapshot): void {
    this.stored.set(members);
    this.seen.set(new Set());
    this.notice([...messages, ...products]);
  }

  private append(records: readonly JournalRecord[]): void {
    this.stored.update((members) => reduceMembers(members, records));
    this.notice(records);
  }

  private notice(things: readonly { readonly by: string }[]): void {
    const known = this.seen();
    const fresh = things.map(({ by }) => by).filter((by) => !known.has(by));
    if (fresh.length > 0) this.seen.set(new Set([...known, ...fresh]));
  }
}
