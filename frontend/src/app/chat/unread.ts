import { Service, computed, effect, inject, linkedSignal, signal } from '@angular/core';
import type { Message } from 'backend/contract';
import { Member } from '../realtime/member';
import { Attention } from '../ui/attention';
import { PageBadge } from '../ui/page-badge';
import { mentions } from './mentions';
import { ReadMark } from './read-mark';

const NONE: readonly Message[] = [];

/** What others have said since this member last read, and where the line «new» stands. */
@Service()
export class Unread {
  private readonly mark = inject(ReadMark);
  private readonly member = inject(Member);
  private readonly attention = inject(Attention);
  private readonly loaded = signal<readonly Message[]>(NONE);
  private readonly hasOlder = signal(false);
  private readonly isReading = signal(false);

  /** Not those that come while the newest are in sight: they are read. */
  private readonly messages = computed(() => (this.isReading() ? NONE : this.after(this.mark.number())));
  /** Whether the server has said how far this member has read. */
  readonly known = computed(() => this.mark.number() !== undefined);
  readonly count = computed(() => this.messages().length);
  /** How many of them name this member. */
  readonly mentioned = computed(() => {
    const email = this.member.email();
    return this.messages().filter(({ text }) => mentions(text, email)).length;
  });
  /** Whether there may be more than those, older than what is loaded. */
  readonly more = computed(() => {
    const [first] = this.loaded();
    return this.hasOlder() && this.count() > 0 && first !== undefined && first.n > (this.mark.number() ?? 0);
  });
  /** The number of the first unread message, above which the line stands; it stays, when all is read, until one leaves. */
  private readonly lineAt = linkedSignal<{ readonly first: number | null; readonly attentive: boolean }, number | null>(
    {
      source: () => ({ first: this.messages()[0]?.n ?? null, attentive: this.attention.given() }),
      computation: ({ first, attentive }, before) => first ?? (attentive ? (before?.value ?? null) : null),
    },
  );

  readonly line = this.lineAt.asReadonly();

  constructor() {
    const badge = inject(PageBadge);
    effect(() => badge.show(this.count(), this.more()));
    // Also while no list shows it: it remembers what was.
    effect(() => void this.line());
  }

  /** What is loaded now, and whether there is more. */
  follow(messages: readonly Message[], hasOlder: boolean): void {
    this.loaded.set(messages);
    this.hasOlder.set(hasOlder);
  }

  /** Whether the newest messages are in sight of somebody who looks; then everything loaded is read. */
  read(isReading: boolean): void {
    // Where the line stands is decided before what is above it counts as read.
    this.line();
    this.isReading.set(isReading);
    const last = this.loaded().at(-1)?.n;
    if (isReading && last !== undefined) this.mark.seen(last);
  }

  /** This member has answered: nothing is new any more. */
  wrote(): void {
    this.lineAt.set(null);
  }

  private after(mark: number | undefined): readonly Message[] {
    const email = this.member.email();
    const loaded = this.loaded();
    // Before the first time everything would be new, and nothing stands out.
    if (!mark || email === null) return NONE;
    let first = loaded.length;
    while ((loaded[first - 1]?.n ?? 0) > mark) first--;
    return loaded.slice(first).filter(({ by, deletedAt }) => by !== email && !deletedAt);
  }
}
