import { Service, effect, inject, signal, untracked } from '@angular/core';
import type { JournalRecord } from 'backend/contract';
import { ReadMark } from '../chat/read-mark';
import { Connection } from '../realtime/connection';
import { Member } from '../realtime/member';
import { LiveRecords } from './live-records';
import { OneAtATime } from './one-at-a-time';

const NONE: ReadonlyMap<number, number> = new Map();

/** How many messages of others about each product this member has not read: the server counts, also those that are not loaded. */
@Service()
export class UnreadAbout {
  private readonly connection = inject(Connection);
  private readonly mark = inject(ReadMark).number;
  private readonly member = inject(Member).email;
  private readonly found = signal(NONE);
  private readonly counting = new OneAtATime(() => this.count());

  /** By id of the product; those without are not in it. */
  readonly counts = this.found.asReadonly();

  constructor() {
    effect(() => {
      const known = this.mark() !== undefined && this.member() !== null && this.connection.online();
      untracked(() => (known ? this.counting.want() : this.reset()));
    });
    inject(LiveRecords).batches.subscribe((records) => {
      if (records.some((record) => mayCount(record))) this.counting.want();
    });
  }

  private async count(): Promise<void> {
    const after = this.mark();
    if (after === undefined || this.member() === null) return;
    const answer = await this.connection.request('product:unread', { after });
    if (!answer.ok) return;
    this.found.set(new Map(answer.data.products.map(({ product, messages }) => [product, messages])));
  }

  private reset(): void {
    if (this.member() === null) this.found.set(NONE);
  }
}

function mayCount(record: JournalRecord): boolean {
  if (record.type === 'message-posted') return record.about !== undefined;
  return record.type === 'message-edited' || record.type === 'message-deleted';
}
