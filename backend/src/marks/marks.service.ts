import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { MarkKind, PlaceInTime } from '../contract/index.js';
import { Journal } from '../journal/index.js';
import { Feed } from '../realtime/feed.js';
import { LatestMembers } from '../member-state/latest-members.js';
import { MarksFile } from './marks-file.js';

/**
 * How far each member has read, and up to where each has caught up, so that every device shows the same line «new» and the same
 * visit. It is no record of the journal: the loss of the last second, or of all of it, costs a glance.
 */
@Injectable()
export class MarksService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly marks = { messages: new LatestMembers<number>(), visit: new LatestMembers<PlaceInTime>() };

  constructor(
    private readonly journal: Journal,
    private readonly file: MarksFile,
    feed: Feed,
  ) {
    feed.includeOwn('mark', (member) => this.marks.messages.get(member) ?? 0);
    feed.includeOwn('visit', (member) => this.marks.visit.get(member) ?? this.begin(member));
  }

  /** When the journal is open, and before anybody connects. */
  async onApplicationBootstrap(): Promise<void> {
    const { marks = {}, visits = {} } = (await this.file.open(this.journal.id)) ?? {};
    // A restored copy of the folder may be of a moment between the two files.
    this.marks.messages.load(Object.entries(marks).map(([member, n]) => [member, this.existing(n)]));
    this.marks.visit.load(Object.entries(visits).map(([member, { n, at }]) => [member, { n: this.existing(n), at }]));
  }

  /**
   * Moves a mark of a member forward, never back and never further than there are records.
   * @returns where it is now, and whether that is new
   */
  set(member: string, n: number, of: MarkKind): { readonly n: number; readonly moved: boolean } {
    const before = of === 'visit' ? this.marks.visit.get(member)?.n : this.marks.messages.get(member);
    const mark = this.existing(n);
    if (before !== undefined && mark <= before) return { n: before, moved: false };
    if (of === 'visit') this.visit(member, mark);
    else this.marks.messages.set(member, mark);
    this.saveSoon();
    return { n: mark, moved: true };
  }

  onApplicationShutdown(): Promise<void> {
    return this.file.close();
  }

  /** Who comes for the first time has nothing to catch up with. */
  private begin(member: string): PlaceInTime {
    this.saveSoon();
    return this.visit(member, this.journal.last);
  }

  private visit(member: string, n: number): PlaceInTime {
    const place = { n, at: new Date().toISOString() };
    this.marks.visit.set(member, place);
    return place;
  }

  private existing(n: number): number {
    return Math.max(0, Math.min(n, this.journal.last));
  }

  private saveSoon(): void {
    const { messages, visit } = this.marks;
    this.file.saveSoon(() => ({ marks: messages.entries(), visits: visit.entries() }));
  }
}
