import type { JournalRecord } from 'backend/contract';
import { byTurn, isUnanswered, type KeptCommand, type PendingCommand } from './command';
import type { FeedChange } from './feed';

/** A command in memory, and how far it has come. */
export interface Held {
  entry: PendingCommand;
  /** Whether it was sent at least once, perhaps by a page that is gone: it may be stored. */
  tried: boolean;
  /** Whether it was sent over the present connection and is not answered. */
  onItsWay: boolean;
  /** Whether the feed has brought its record: it shows what the command did. Its answer is still awaited. */
  brought: boolean;
}

/**
 * The commands that are not done, in the order in which they were given, against what the feed brings: a command is shown
 * until its record is, and never beside it, whichever of acknowledgement, record and snapshot comes first (B14).
 */
export class PendingList {
  private held: Held[] = [];
  /** Whether anything may be sent. */
  private isBegun = false;
  /** Whether what earlier pages have left is here. */
  private isRead = false;
  /** Commands that ended before that, and may be among it. Of the life of this page at most: a storage may never open. */
  private readonly ended = new Set<string>();
  private journal: string | undefined;
  private applied = 0;

  /** @param changed is called after every change of what is shown */
  constructor(private readonly changed: () => void) {}

  /** What a page shows over the confirmed state. */
  get shown(): readonly PendingCommand[] {
    return this.held.filter(({ brought }) => !brought).map(({ entry }) => entry);
  }

  get entries(): readonly PendingCommand[] {
    return this.held.map(({ entry }) => entry);
  }

  /** Those that can be sent: none before what an earlier page has left is known, because that goes first. */
  get unanswered(): readonly Held[] {
    return this.isBegun ? this.held.filter(({ entry }) => isUnanswered(entry)) : [];
  }

  /** For a command of now: after everything that is known, and after what another page has submitted but not announced. */
  get nextOrder(): number {
    return Math.max(Date.now(), (this.held.at(-1)?.entry.order ?? 0) + 1);
  }

  get(id: string): Held | undefined {
    return this.held.find(({ entry }) => entry.id === id);
  }

  /**
   * Adds what is new, in its order; what is there already stays as it is.
   * @param tried whether it may have been sent, as anything may that comes from another page
   */
  add(kept: readonly KeptCommand[], tried = true): void {
    const fresh = kept.filter(({ id }) => !this.get(id));
    if (fresh.length === 0) return;
    this.held.push(...fresh.map((entry) => ({ entry, tried, onItsWay: false, brought: false })));
    this.held.sort((a, b) => byTurn(a.entry, b.entry));
    this.changed();
  }

  /** Lets be sent what is here. */
  begin(): void {
    this.isBegun = true;
  }

  /** Adds what earlier pages have left, and perhaps sent; returns what of it has ended since. */
  read(kept: readonly KeptCommand[]): readonly string[] {
    const ended = new Set(this.ended);
    this.isRead = true;
    this.ended.clear();
    this.add(kept.filter(({ id }) => !ended.has(id)));
    return kept.map(({ id }) => id).filter((id) => ended.has(id));
  }

  /** It is done, or discarded. */
  remove(id: string): void {
    if (!this.isRead) this.ended.add(id);
    if (this.get(id)) this.keep(({ entry }) => entry.id !== id);
  }

  update(held: Held, change: Partial<PendingCommand>): void {
    held.entry = { ...held.entry, ...change };
    this.changed();
  }

  /** It is on the server's disk as that record, which the feed may not have brought yet. */
  stored(held: Held, n: number): void {
    if (held.brought || n <= this.applied) this.remove(held.entry.id);
    else this.update(held, { storedAs: n, doubtful: false });
  }

  /** The feed has brought something. Returns refused commands that were stored after all, which nothing keeps any more. */
  follow(change: FeedChange): readonly string[] {
    if (change.kind === 'snapshot') {
      this.replaced(change.snapshot);
      return [];
    }
    this.applied = change.records.at(-1)?.n ?? this.applied;
    // Most records are other people's, and there are many when a page catches up.
    return this.held.length > 0 ? this.recorded(change.records) : [];
  }

  private recorded(records: readonly JournalRecord[]): readonly string[] {
    const recorded = new Set(records.map(({ id, by }) => `${id} ${by}`));
    const settled: string[] = [];
    for (const held of this.held) {
      if (!recorded.has(`${held.entry.id} ${held.entry.by}`)) continue;
      held.brought = true;
      if (held.entry.refused) settled.push(held.entry.id);
    }
    this.keep(({ entry }) => !settled.includes(entry.id) && (entry.storedAs ?? Infinity) > this.applied);
    return settled;
  }

  /**
   * A snapshot does not tell which commands are in it. One that was sent before and is not answered is doubtful until its
   * answer, a round trip away, says whether it is.
   */
  private replaced({ journal, n }: { readonly journal: string; readonly n: number }): void {
    const same = journal === this.journal;
    this.journal = journal;
    this.applied = n;
    this.keep(({ entry }) => entry.storedAs === undefined || (same && entry.storedAs > n));
    for (const held of this.held) {
      held.entry = { ...held.entry, doubtful: held.tried && !held.entry.refused && held.entry.storedAs === undefined };
    }
    this.changed();
  }

  private keep(which: (held: Held) => boolean): void {
    this.held = this.held.filter(which);
    this.changed();
  }
}
