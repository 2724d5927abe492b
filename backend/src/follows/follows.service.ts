import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Subject } from 'rxjs';
import { type Alert, type Follow, type JournalRecord, LIMITS, type Product } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import { Journal } from '../journal/index.js';
import { ProductsService } from '../products/products.service.js';
import { Feed } from '../realtime/feed.js';
import { Followed } from './followed.js';
import { FollowsFile } from './follows-file.js';
import { UnseenAlerts } from './unseen-alerts.js';
import { type Happening, happened, mentioned } from './what-happened.js';

/** An alert, and whom it is for. */
export interface AlertTo {
  readonly member: string;
  readonly alert: Alert;
}

/**
 * What members follow, and the alerts that follow from it: each change is looked at once, when it has become durable, so a restart
 * repeats none. It is no record of the journal: a crash may take the last second of it.
 */
@Injectable()
export class FollowsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly followed = new Followed();
  private readonly unseen = new UnseenAlerts();
  private readonly outgoing = new Subject<AlertTo>();
  /** What the batch has done that is being stored. */
  private happenings: { readonly happening: Happening; readonly members: readonly string[] }[] = [];

  /** Each alert, after the feed has the record. */
  readonly alerts = this.outgoing.asObservable();

  constructor(
    private readonly journal: Journal,
    private readonly file: FollowsFile,
    private readonly products: ProductsService,
    feed: Feed,
  ) {
    feed.includeOwn('follows', (member) => listed(this.followed.of(member)));
    feed.includeOwn('alerts', (member) => this.unseen.of(member));
    products.watch((record, before, after) => {
      if (this.followed.isEmpty) return;
      const happening = happened(record, before, after);
      if (happening) this.note(happening, after);
    });
    journal.committed.subscribe((records) => this.committed(records));
  }

  /** When the journal is open, and before anybody connects. */
  async onApplicationBootstrap(): Promise<void> {
    const kept = await this.file.open(this.journal.id);
    if (!kept) return;
    this.followed.load(kept.follows);
    this.unseen.load(kept.alerts);
  }

  /** @returns the member's rules with that one. Throws a `Refusal`. */
  set(member: string, follow: Follow): readonly Follow[] {
    if ('product' in follow.on) this.products.requireKnown(follow.on.product);
    const follows = this.followed.with(member, follow);
    if (!follows) throw tooMany();
    this.followed.set(member, follows);
    this.saveSoon();
    return follows;
  }

  /** @returns whether that takes any away */
  see(member: string, n: number): boolean {
    const anySeen = this.unseen.see(member, n);
    if (anySeen) this.saveSoon();
    return anySeen;
  }

  onApplicationShutdown(): Promise<void> {
    return this.file.close();
  }

  /** Who is to be told is decided at that moment: by the rules and the category as they are then. */
  private note(happening: Happening, product: Product): void {
    const members: string[] = [];
    for (const [member, follow] of this.followed.on(product))
      if (member !== happening.alert.by && happening.isAskedForBy(follow)) members.push(member);
    if (members.length > 0) this.happenings.push({ happening, members });
  }

  private committed(records: readonly JournalRecord[]): void {
    if (!this.followed.isEmpty) for (const record of records) this.noteMentions(record);
    const { happenings } = this;
    this.happenings = [];
    for (const { happening, members } of happenings) for (const member of members) this.tell(member, happening.alert);
  }

  private noteMentions(record: JournalRecord): void {
    if (record.type !== 'message-posted') return;
    for (const id of record.about ?? []) {
      const product = this.products.known(id);
      if (product) this.note(mentioned(record, product), product);
    }
  }

  private tell(member: string, alert: Alert): void {
    if (!this.unseen.add(member, alert)) return;
    this.saveSoon();
    this.outgoing.next({ member, alert });
  }

  private saveSoon(): void {
    this.file.saveSoon(() => ({ follows: this.followed.entries(), alerts: this.unseen.entries() }));
  }
}

function listed(follows: readonly Follow[]): readonly Follow[] | undefined {
  return follows.length > 0 ? follows : undefined;
}

function tooMany(): Refusal {
  const fields = [{ field: 'follow', rule: 'maxFollows' }];
  return new Refusal('INVALID', `Nobody can follow more than ${LIMITS.follows} products and categories.`, fields);
}
