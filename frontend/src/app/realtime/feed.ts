import {
  isKnownType,
  type Ack,
  type Cursor,
  type JournalRecord,
  type Product,
  type Resumed,
  type Snapshot,
} from 'backend/contract';
import { growingDelay } from './growing-delay';
import type { FeedPacket } from './requester';

/** What the feed delivers: everything anew, the records that follow what was there, or more of what a snapshot left out. */
export type FeedChange =
  SnapshotTaken | { readonly kind: 'records'; readonly records: readonly JournalRecord[] } | ProductsLoaded;

export interface SnapshotTaken {
  readonly kind: 'snapshot';
  readonly snapshot: Snapshot;
  /** Where an earlier page has kept it: the commands that were not answered then and that it may contain. */
  readonly doubtful?: readonly string[];
}

/** Products that the snapshot left out, as they are after all records so far. */
export interface ProductsLoaded {
  readonly kind: 'products';
  readonly products: readonly Product[];
  /** How many products there are, about: others are added and removed meanwhile. Undefined when all are loaded now. */
  readonly total: number | undefined;
}

export interface FeedListener {
  /** Each record exactly once and in order, between snapshots; a snapshot replaces what came before. */
  changed(change: FeedChange): void;
  /** The listener has everything that was stored when this connection joined, and live packets follow. */
  live?(): void;
  /** Whoever this connection belongs to may not read, nor keep what was delivered. */
  unidentified?(): void;
  /** A record came that this version does not know. Nothing is applied after that, or the state would be wrong. */
  reloadNeeded(): void;
}

/**
 * How far a client has applied the journal: it has the cursor, and applies record `n` only after `n - 1`.
 *
 * Packets that arrive between sending `feed:join` and its answer are buffered, and applied after it. They cannot be applied
 * at once, because the answer may be a snapshot that contains them, and they must not be dropped, because the answer may be
 * older than they are: when the network is read once, the packet after the answer is there before the code that awaits the
 * answer runs. What came before `feed:join` was sent can be dropped: the server answers after it sent that, hence with at least
 * as much. A gap that remains is requested again. A long one comes in pages.
 */
export class Feed {
  private cursor: Cursor | null = null;
  private state: 'offline' | 'joining' | 'waiting' | 'live' | 'stopped' = 'offline';
  private buffered: JournalRecord[] = [];
  /** Counts the joins and what ends them: the answer to any but the latest join is stale. */
  private latest = 0;
  /** Joins since the last live packet without a gap. A server whose answers leave the gap open is not asked in a loop. */
  private attempts = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    /** Sends `feed:join`; see `Requester.request` for what it resolves to. */
    private readonly ask: (cursor: Cursor | null) => Promise<Ack<Resumed | Snapshot>>,
    private readonly listener: FeedListener,
  ) {}

  /** The number of the last record that the listener has; 0 before the first snapshot. */
  get applied(): number {
    return this.cursor?.n ?? 0;
  }

  /** Begins with what an earlier page has kept, as if it had come now. Before the first `connected`. */
  restore(snapshot: Snapshot, doubtful: readonly string[]): void {
    this.start({ kind: 'snapshot', snapshot, doubtful });
  }

  connected(): void {
    if (this.stopped) return;
    this.attempts = 0;
    void this.join();
  }

  disconnected(): void {
    if (!this.stopped) this.enter('offline');
  }

  receive({ records }: FeedPacket): void {
    if (this.state === 'joining') this.buffered.push(...records);
    else if (this.state === 'live') {
      if (this.apply(records)) this.attempts = 0;
      else this.joinAgain();
    }
  }

  private async join(): Promise<void> {
    this.enter('joining');
    this.attempts++;
    const { latest } = this;
    const answer = await this.ask(this.cursor);
    if (latest !== this.latest) return;
    if (answer.ok) this.joined(answer.data);
    // Identifying opens another connection, which joins anew; until then another attempt cannot help.
    else if (answer.error.code === 'UNIDENTIFIED') {
      this.enter('waiting');
      // What was delivered is taken away: whoever identifies next begins anew.
      this.cursor = null;
      this.listener.unidentified?.();
    } else this.joinLater();
  }

  private joined(answer: Resumed | Snapshot): void {
    const { buffered } = this;
    this.enter('live');
    if (answer.mode === 'snapshot') this.start({ kind: 'snapshot', snapshot: answer });
    else if (!this.continues(answer) && !this.stopped) {
      // These records do not follow the cursor, so the two cannot be joined: begin anew.
      this.cursor = null;
    }
    if (answer.mode === 'resumed' && answer.more) this.nextPage(answer);
    else if (!this.apply(buffered)) this.joinAgain();
    else this.listener.live?.();
  }

  private start(taken: SnapshotTaken): void {
    const { journal, n, command } = taken.snapshot;
    this.cursor = { journal, n, ...(command && { command }) };
    this.listener.changed(taken);
  }

  /** A page of a long gap is here: the next one is requested at once, because live packets come only after the last. */
  private nextPage({ records }: Resumed): void {
    if (this.cursor && records.length > 0) this.attempts = 0;
    this.joinAgain();
  }

  /** Whether the answer's records lead from the cursor exactly to the server's number. */
  private continues(answer: Resumed): boolean {
    return answer.journal === this.cursor?.journal && this.apply(answer.records) && answer.n === this.applied;
  }

  /** Delivers what follows the cursor and skips what is known. False when a record is missing or of an unknown type. */
  private apply(records: readonly JournalRecord[]): boolean {
    if (!this.cursor) return false;
    const fresh: JournalRecord[] = [];
    let next = this.cursor.n + 1;
    for (const record of records) {
      if (record.n < next) continue;
      if (record.n > next || !isKnownType(record.type)) break;
      fresh.push(record);
      next++;
    }
    const last = fresh.at(-1);
    if (last) {
      this.cursor = { journal: this.cursor.journal, n: last.n, command: last.id };
      this.listener.changed({ kind: 'records', records: fresh });
    }
    const rest = records.find((record) => record.n >= next);
    if (rest?.n === next) this.stop();
    return !rest;
  }

  private get stopped(): boolean {
    return this.state === 'stopped';
  }

  private stop(): void {
    this.enter('stopped');
    this.listener.reloadNeeded();
  }

  private joinAgain(): void {
    if (this.stopped) return;
    if (this.attempts === 0) void this.join();
    else this.joinLater();
  }

  private joinLater(): void {
    this.enter('waiting');
    this.timer = setTimeout(() => void this.join(), growingDelay(this.attempts - 1));
  }

  private enter(state: Feed['state']): void {
    this.state = state;
    this.buffered = [];
    this.latest++;
    clearTimeout(this.timer);
  }
}
