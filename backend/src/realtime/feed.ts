import { Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';
import {
  type Cursor,
  type JournalRecord,
  LIMITS,
  type OwnParts,
  type Resumed,
  type Snapshot,
  type SnapshotParts,
} from '../contract/index.js';
import { Journal, type View } from '../journal/index.js';
import { share } from './encode-once.js';
import { firstWithin } from './page-size.js';

/** Answers that are kept for others who ask the same. Each is a megabyte or so at most. */
const MAX_CACHED_ANSWERS = 8;

/** How much of the board a snapshot has. */
export interface SnapshotSize {
  /** Products at most; undefined for everything. */
  readonly firstProducts: number | undefined;
}
const EVERYTHING: SnapshotSize = { firstProducts: undefined };

/** How the parts of a snapshot are made, by features. */
type PartMakers = { [Part in keyof SnapshotParts]?: (size: SnapshotSize) => SnapshotParts[Part] };
type OwnPartMakers = { [Part in keyof OwnParts]?: (member: string) => OwnParts[Part] };

/** Every durable change, to everyone who joined, one packet for all that was stored when its senders are answered. */
@Injectable()
export class Feed implements View {
  private readonly outgoing = new Subject<readonly JournalRecord[]>();
  private readonly parts: PartMakers = {};
  private readonly ownParts: OwnPartMakers = {};
  /** The newest records, for those who return after a short absence. */
  private recent: JournalRecord[] = [];
  /** What every view has, and the packet of its batch is due. */
  private unsent: JournalRecord[] = [];
  /** The number of the newest record that every view has: the journal itself is ahead for a moment after each write. */
  private last = 0;
  /** Answers to those who come as of now, by how much they have missed, or how much of a snapshot they want. */
  private readonly answers = new Map<string, Resumed | Snapshot>();

  /** One packet for each batch: what the gateway sends. */
  readonly packets = this.outgoing.asObservable();

  constructor(private readonly journal: Journal) {
    journal.addView(this);
    journal.committed.subscribe(() => this.flush());
  }

  /** Adds a feature's part to the snapshot of a joining client: as of the last durable record. */
  include<Part extends keyof SnapshotParts>(name: Part, make: (size: SnapshotSize) => SnapshotParts[Part]): void {
    Object.assign(this.parts, { [name]: make });
  }

  /** Adds to every answer to a member what a feature says to that member alone; undefined for nothing. */
  includeOwn<Part extends keyof OwnParts>(name: Part, make: (member: string) => OwnParts[Part]): void {
    Object.assign(this.ownParts, { [name]: make });
  }

  /** What the answer to a member says besides; nothing for a visitor. */
  own(member: string | undefined): OwnParts {
    if (member === undefined) return {};
    const parts = Object.entries(this.ownParts).map(([name, make]) => [name, make(member)] as const);
    return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
  }

  replay(): void {
    // The newest are all it needs: it reads them when their number is known.
  }

  async replayed(): Promise<void> {
    const { last } = this.journal;
    this.last = last;
    this.recent = await this.journal.read(Math.max(1, last - LIMITS.resumeRecords + 1), last);
  }

  apply(record: JournalRecord): void {
    this.answers.clear();
    this.recent.push(record);
    this.unsent.push(record);
    this.last = record.n;
    // Cut in large steps: cutting one at a time would move the whole list for each record.
    if (this.recent.length >= 2 * LIMITS.resumeRecords) this.recent = this.recent.slice(-LIMITS.resumeRecords);
  }

  /** The cursor when it is one of this journal as it is now; null when the journal was restored and went another way. */
  async recognised(cursor: Cursor | null): Promise<Cursor | null> {
    if (!cursor || this.missedBy(cursor) < 0) return null;
    const { n, command } = cursor;
    if (n === 0) return cursor;
    // Without it nothing shows that record `n` of the client's history is this one's.
    if (command === undefined) return null;
    const record = this.recent.at(-1 - this.missedBy(cursor)) ?? (await this.journal.read(n, n))[0];
    return record?.id === command ? cursor : null;
  }

  /** The first page of a gap that is too long for one answer, and not so long that a snapshot is less. */
  async page(cursor: Cursor | null): Promise<Resumed | undefined> {
    const missed = cursor ? this.missedBy(cursor) : 0;
    if (!cursor || missed <= 0 || missed > LIMITS.catchUpRecords) return undefined;
    const isInMemory = missed <= Math.min(this.recent.length, LIMITS.resumeRecords);
    const next = isInMemory
      ? this.recent.slice(-missed)
      : await this.journal.read(cursor.n + 1, cursor.n + Math.min(missed, LIMITS.resumeRecords));
    const records = firstWithin(LIMITS.pageBytes, next);
    if (isInMemory && records.length === missed) return undefined;
    return { mode: 'resumed', journal: this.journal.id, n: cursor.n + records.length, records, more: true };
  }

  /** The last record that everybody who has joined has been sent: sends what is due first. */
  sentUpTo(): number {
    this.flush();
    return this.last;
  }

  /**
   * What somebody needs who has come as far as `cursor`. Sends what is due first, so that packets sent from now on
   * continue exactly at `n + 1`; whoever calls adds the client in the same turn.
   */
  join(cursor: Cursor | null, size = EVERYTHING): Resumed | Snapshot {
    this.flush();
    const gap = cursor ? this.missedBy(cursor) : -1;
    const missed = gap <= Math.min(this.recent.length, LIMITS.resumeRecords) ? Math.max(gap, -1) : -1;
    // When a server starts again, all its pages come back at once, and most from the same record.
    const key = missed < 0 ? `snapshot ${size.firstProducts ?? 'whole'}` : `${missed} missed`;
    const answer = this.answers.get(key) ?? share(missed < 0 ? this.snapshot(size) : this.resumed(missed));
    if (this.answers.size >= MAX_CACHED_ANSWERS) this.answers.clear();
    this.answers.set(key, answer);
    return answer;
  }

  private resumed(missed: number): Resumed {
    const records = this.recent.slice(this.recent.length - missed);
    return { mode: 'resumed', journal: this.journal.id, n: this.last, records };
  }

  private snapshot(size: SnapshotSize): Snapshot {
    const { last: n } = this;
    const { id: journal } = this.journal;
    const command = this.recent.at(-1)?.id;
    const parts: Partial<SnapshotParts> = {};
    for (const [name, make] of Object.entries(this.parts)) Object.assign(parts, { [name]: make(size) });
    return { mode: 'snapshot', journal, n, ...(command && { command }), ...(parts as SnapshotParts) };
  }

  /** How many records came after the cursor; negative when it is of another journal, or ahead of this one. */
  private missedBy({ journal, n }: Cursor): number {
    return journal === this.journal.id ? this.last - n : -1;
  }

  private flush(): void {
    if (this.unsent.length > 0) this.outgoing.next(this.unsent);
    this.unsent = [];
  }
}
