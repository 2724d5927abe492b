import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Journal } from '../journal/index.js';
import { Feed } from '../realtime/feed.js';
import { MarksFile } from './marks-file.js';

/** Members whose marks are kept: those who read last. */
const MAX_MEMBERS = 10_000;
/** The least time between two versions of the file. */
const SAVE_INTERVAL_MS = 1_000;

/**
 * How far each member has read, so that every device shows the same line «new». It is no record of the journal: the loss of
 * the last second, or of all of it, costs a glance.
 */
@Injectable()
export class MarksService implements OnApplicationBootstrap, OnApplicationShutdown {
  /** By e-mail, those who read last at the end. */
  private marks = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private saving: Promise<void> = Promise.resolve();

  constructor(
    private readonly journal: Journal,
    private readonly file: MarksFile,
    feed: Feed,
  ) {
    feed.includeOwn('mark', (member) => this.marks.get(member) ?? 0);
  }

  /** When the journal is open, and before anybody connects. */
  async onApplicationBootstrap(): Promise<void> {
    const stored = Object.entries(await this.file.open(this.journal.id));
    // A restored copy of the folder may be of a moment between the two files.
    this.marks = new Map(stored.map(([member, n]) => [member, this.existing(n)]));
  }

  /**
   * Moves the mark of a member forward, never back and never further than there are records.
   * @returns where it is now, and whether that is new
   */
  set(member: string, n: number): { readonly n: number; readonly moved: boolean } {
    const before = this.marks.get(member);
    const mark = this.existing(n);
    if (before !== undefined && mark <= before) return { n: before, moved: false };
    // Taken out first, so that it comes to stand at the end.
    this.marks.delete(member);
    this.marks.set(member, mark);
    this.forgetLongest();
    this.saveSoon();
    return { n: mark, moved: true };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.timer) this.save();
    await this.saving;
  }

  private existing(n: number): number {
    return Math.max(0, Math.min(n, this.journal.last));
  }

  private forgetLongest(): void {
    const [longest] = this.marks.keys();
    if (this.marks.size > MAX_MEMBERS && longest !== undefined) this.marks.delete(longest);
  }

  private saveSoon(): void {
    this.timer ??= setTimeout(() => this.save(), SAVE_INTERVAL_MS).unref();
  }

  /** One after the other: two that replace the same file at once would leave either. */
  private save(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.saving = this.saving.then(() => this.file.write(Object.fromEntries(this.marks)));
  }
}
