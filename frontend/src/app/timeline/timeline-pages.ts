import { computed, signal } from '@angular/core';
import {
  type JournalRecord,
  LIMITS,
  messageOf,
  isMessageRecord,
  productOf,
  productRecordsOf,
  type ProductTimelineRequest,
  type Refused,
  type TimelineEntry,
} from 'backend/contract';
import type { Requester } from '../realtime/requester';
import { OneAtATime } from './one-at-a-time';

/** Entries in one page. */
const PAGE = 30;

/** Which entries: everything, what was said, or what happened. */
export type Kind = 'all' | NonNullable<ProductTimelineRequest['only']>;

/** What was said about a product and what happened to it, newest first, as far as it is loaded. */
export class TimelinePages {
  /** Undefined until the first page has come. */
  private readonly loaded = signal<readonly TimelineEntry[] | undefined>(undefined);
  private readonly hasMore = signal(false);
  private readonly requests = signal(0);
  private readonly problem = signal<Refused | null>(null);
  private readonly refreshing = new OneAtATime(() => this.newest());

  readonly entries = computed(() => this.loaded() ?? []);
  /** Whether anything is known. */
  readonly known = computed(() => this.loaded() !== undefined);
  readonly more = this.hasMore.asReadonly();
  readonly loading = computed(() => this.requests() > 0);
  readonly refused = this.problem.asReadonly();

  constructor(
    private readonly server: Requester,
    private readonly about: { readonly product: number; readonly kind: Kind },
  ) {}

  /** Asks again for what is shown: something may have come, or changed. */
  refresh(): void {
    this.refreshing.want();
  }

  /** Whether these records may change what is shown. */
  concerns(records: readonly JournalRecord[]): boolean {
    const shown = new Set(this.entries().map(({ n }) => n));
    return records.some((record) => {
      if (productRecordsOf(record).some((change) => productOf(change) === this.about.product)) return true;
      if ('about' in record && record.about?.includes(this.about.product)) return true;
      return isMessageRecord(record) && shown.has(messageOf(record));
    });
  }

  async older(): Promise<void> {
    const before = this.entries().at(-1)?.n;
    if (before === undefined) return;
    const page = await this.page({ before, limit: PAGE });
    if (!page || before !== this.entries().at(-1)?.n) return;
    this.loaded.set([...this.entries(), ...page.entries]);
    this.hasMore.set(page.more);
  }

  private async newest(): Promise<void> {
    const limit = Math.min(LIMITS.timelinePage, Math.max(PAGE, this.entries().length));
    const page = await this.page({ limit });
    if (!page) return;
    this.loaded.set(page.entries);
    this.hasMore.set(page.more);
  }

  private async page(part: Pick<ProductTimelineRequest, 'before' | 'limit'>) {
    const { product, kind } = this.about;
    this.requests.update((count) => count + 1);
    const answer = await this.server.request('product:timeline', {
      product,
      ...(kind !== 'all' && { only: kind }),
      ...part,
    });
    this.requests.update((count) => count - 1);
    this.problem.set(answer.ok ? null : answer.error);
    return answer.ok ? answer.data : undefined;
  }
}
