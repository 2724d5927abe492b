import type { Resumed, Snapshot } from 'backend/contract';
import { Feed, type FeedChange, type FeedListener } from './feed';
import type { KeptBoard } from './kept-board';
import { canUnpack, unpacked } from './packed-page';
import { ProductLoader } from './product-loader';
import type { FeedPacket, Requester } from './requester';

/**
 * Products in the first answer: what a screen shows first comes soon on a slow line, however large the board is. The answer
 * is also bounded by bytes.
 */
const FIRST_PRODUCTS = 200;

export interface BoardListener extends FeedListener {
  /** What is shown is what an earlier page has kept, in ms of this machine's clock. Until `live`. */
  restored?(at: number): void;
  /** The server has answered a join; called before the listener gets what is in it. */
  joined?(answer: Resumed | Snapshot): void;
}

export interface BoardFeedOptions {
  /** Left out where nothing is kept. */
  readonly kept?: KeptBoard;
  /** Sizes that a storm makes small, so that a small board has many pages too. */
  readonly firstProducts?: number;
  readonly pageProducts?: number;
}

/**
 * The feed as a page has it: it begins with what an earlier page has kept, or with the first part of the board while the
 * other parts follow. Everything that the listener has is as of the same record.
 */
export class BoardFeed {
  private readonly feed: Feed;
  private readonly loader: ProductLoader;
  private readonly kept: KeptBoard | undefined;
  /** Whether what was kept is being read: a join waits for its cursor. */
  private isOpening = false;
  private isConnected = false;

  constructor(
    requester: Requester,
    private readonly listener: BoardListener,
    { kept, firstProducts = FIRST_PRODUCTS, pageProducts }: BoardFeedOptions = {},
  ) {
    const limit = pageProducts === undefined ? {} : { limit: pageProducts };
    const packed = canUnpack();
    this.kept = kept;
    this.loader = new ProductLoader(
      async (after) => unpacked(await requester.request('products:page', { after, packed, ...limit })),
      (loaded) => this.deliver(loaded),
    );
    this.feed = new Feed(
      async (cursor) => {
        const answer = await requester.request('feed:join', { cursor, pages: true, firstProducts });
        if (answer.ok) listener.joined?.(answer.data);
        return answer;
      },
      {
        changed: (change) => this.changed(change),
        live: () => this.live(),
        unidentified: () => listener.unidentified?.(),
        reloadNeeded: () => listener.reloadNeeded(),
      },
    );
  }

  /** The number of the last record that the listener has; 0 before the first snapshot. */
  get applied(): number {
    return this.feed.applied;
  }

  /** Reads what was kept. Called once, before the first connection or while it is made. */
  async open(): Promise<void> {
    this.isOpening = true;
    const kept = await this.kept?.load();
    this.isOpening = false;
    if (kept) {
      this.feed.restore(kept.snapshot, kept.doubtful);
      this.listener.restored?.(kept.at);
    }
    if (this.isConnected) this.feed.connected();
  }

  connected(): void {
    this.isConnected = true;
    if (!this.isOpening) this.feed.connected();
  }

  disconnected(): void {
    this.isConnected = false;
    this.kept?.disconnected();
    this.loader.disconnected();
    this.feed.disconnected();
  }

  receive(packet: FeedPacket): void {
    this.feed.receive(packet);
  }

  private live(): void {
    this.listener.live?.();
    this.kept?.live();
    this.loader.live();
  }

  private changed(change: FeedChange): void {
    this.deliver(change);
    // After it: a page that a record lets in follows that record.
    if (change.kind === 'snapshot') this.loader.started(change.snapshot);
    else if (change.kind === 'records') this.loader.follow(change.records);
  }

  private deliver(change: FeedChange): void {
    this.kept?.follow(change);
    this.listener.changed(change);
  }
}
