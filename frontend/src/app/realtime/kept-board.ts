import type { Snapshot } from 'backend/contract';
import { BoardCopy } from './board-copy';
import type { BoardStorage, BoardWrite, KeptState, ProductRow } from './board-storage';
import type { FeedChange } from './feed';

/** Raised with the shape of what is kept. */
const VERSION = 2;
/** ms. A browser's database opens in a few; where it does not, the page begins without what was kept. */
const OPEN_LIMIT_MS = 2_000;
/** ms without a change after which it is written, and ms after which it is written in any case. */
const QUIET_MS = 1_000;
const LONGEST_MS = 10_000;

export interface KeptBoardOptions {
  readonly storage: BoardStorage;
  /** The version of the page: another one may understand what is kept in another way. */
  readonly build: string;
  /** Whether anything may be kept now: for a member only. */
  readonly mayKeep: () => boolean;
  /** Ids of commands that are not answered, and that the board may contain. */
  readonly doubtful: () => readonly string[];
}

/** What an earlier page of this browser has left. */
export interface Kept {
  readonly snapshot: Snapshot;
  readonly at: number;
  readonly doubtful: readonly string[];
}

/**
 * Keeps the last board for the next page of this browser, which shows it before the network answers and asks only for what
 * it has missed. All pages of a browser keep the same one. A page adds to what is stored only when that is a point of the
 * history that it has followed itself; otherwise it replaces everything: two states are never mixed.
 */
export class KeptBoard {
  private readonly copy = new BoardCopy();
  private isLive = false;
  /** Whether the server has sent everything anew since this page wrote: then what is stored need not be ahead. */
  private isAnew = true;
  private isWriting = false;
  private firstChange: number | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: KeptBoardOptions) {}

  /** What can be begun with; undefined when there is nothing, or it does not come in time. */
  async load(): Promise<Kept | undefined> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), OPEN_LIMIT_MS);
    });
    const loaded = await Promise.race([this.options.storage.load(), late]);
    clearTimeout(timer);
    if (!loaded) return undefined;
    const { state, rows } = loaded;
    if (this.isOurs(state) && isWhole(state, rows)) return keptOf(state, rows);
    void this.options.storage.clear();
    return undefined;
  }

  follow(change: FeedChange): void {
    this.copy.apply(change);
    if (change.kind === 'snapshot') this.isAnew = change.doubtful === undefined;
    this.writeSoon();
  }

  /** The page has everything, and follows the server. */
  live(): void {
    this.isLive = true;
    this.writeSoon();
  }

  /** What is due is written: nothing comes after it for now. */
  disconnected(): void {
    if (this.firstChange !== undefined) void this.write();
    this.isLive = false;
  }

  /** Writes at once: the page may end now, perhaps before that is done. */
  flush(): void {
    if (this.isLive) void this.write();
  }

  /** Nobody may read it here any more. */
  async forget(): Promise<void> {
    clearTimeout(this.timer);
    this.firstChange = undefined;
    await this.options.storage.clear();
  }

  /** Writes when nothing has changed for a while; does nothing while the page does not follow the server. */
  writeSoon(): void {
    if (!this.isLive) return;
    const now = Date.now();
    this.firstChange ??= now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.write(), Math.min(QUIET_MS, this.firstChange + LONGEST_MS - now));
  }

  private async write(): Promise<void> {
    clearTimeout(this.timer);
    this.firstChange = undefined;
    if (this.isWriting) {
      this.writeSoon();
      return;
    }
    this.isWriting = true;
    await this.options.storage.write((stored) => this.decide(stored));
    this.isWriting = false;
  }

  /** Judged in the transaction, as of now: what has happened since `write` is in it. */
  private decide(stored: KeptState | undefined): BoardWrite | undefined {
    const { build, doubtful, mayKeep } = this.options;
    if (!this.copy.isComplete || !mayKeep()) return undefined;
    const { state } = this.copy;
    const isOurs = this.isOurs(stored);
    const follows = isOurs && stored.journal === state.journal && this.copy.hasPassed(stored.n, stored.command);
    // Another page is ahead, or is of another version; it keeps the board.
    if (stored && !follows && !this.isAnew && (!isOurs || stored.n > state.n)) return undefined;
    this.isAnew = false;
    const kept = { version: VERSION, build, at: Date.now(), doubtful: doubtful(), ...state };
    return { whole: !follows, rows: this.copy.takeRows(!follows), state: kept };
  }

  private isOurs(state: unknown): state is KeptState {
    const { version, build } = (state ?? {}) as Partial<KeptState>;
    return version === VERSION && build === this.options.build;
  }
}

function isWhole({ journal, n, at, count, messages }: KeptState, rows: readonly ProductRow[]): boolean {
  const numbers = [n, at, count].every((value) => Number.isFinite(value));
  const held = rows.reduce((sum, { products }) => sum + products.length, 0);
  return numbers && typeof journal === 'string' && Array.isArray(messages) && held === count;
}

function keptOf(state: KeptState, rows: readonly ProductRow[]): Kept {
  const { journal, n, command, at, messages, more, pinned, members, doubtful } = state;
  const products = rows.flatMap((row) => row.products).sort((one, other) => one.id - other.id);
  const snapshot: Snapshot = {
    mode: 'snapshot',
    journal,
    n,
    ...(command !== undefined && { command }),
    products,
    messages,
    more,
    pinned,
    members,
  };
  return { snapshot, at, doubtful };
}
