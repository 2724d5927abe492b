import type { Ack, ClientEvents, Data, Payload, RequestName, ServerEvents } from 'backend/contract';
import { io, type Socket } from 'socket.io-client';
import { BoardFeed } from '../src/app/realtime/board-feed';
import { MemoryBoard } from '../src/app/realtime/board-storage';
import type { FeedListener } from '../src/app/realtime/feed';
import { KeptBoard } from '../src/app/realtime/kept-board';
import { Outbox } from '../src/app/realtime/outbox';
import type { MemoryStorage } from '../src/app/realtime/outbox-storage';
import { UNANSWERED, type FeedPacket, type Requester } from '../src/app/realtime/requester';
import type { SendingTab } from '../src/app/realtime/sending-tab';
import { LossyDelivery } from './lossy-delivery';
import { PageState } from './page-state';
import type { Random } from './random';

/** Less than a page waits, so that a short run sees many commands sent again. */
const ACK_TIMEOUT_MS = 2_000;

/** So that the board of a short storm comes in many pages. */
const SMALL_PAGES = { firstProducts: 2, pageProducts: 3 };

/** `emitWithAck` with one generic signature: a type parameter does not get through socket.io's conditional types. */
interface TypedSocket {
  emitWithAck<Name extends RequestName>(name: Name, payload: Payload<Name>): Promise<Ack<Data<Name>>>;
}

/** The user of a page, and the storage that survives a reload. */
export interface Browser {
  readonly email: string;
  readonly cookie: string;
  readonly storage: MemoryStorage;
  /** Where its pages keep the last board; undefined where they keep none. */
  readonly board?: MemoryBoard;
  /** Decides which packets of the feed are dropped, duplicated or reordered; without it none are. */
  readonly random?: Random;
  /** The lock that decides which of its pages sends; undefined in a browser without Web Locks. */
  readonly tab?: SendingTab;
  /** Called when a connection was closed because no heartbeat came any more. */
  readonly heartbeatTimedOut?: () => void;
  /** Called with the command id and the record number of every acknowledgement. */
  readonly acknowledged: (id: string, n: number) => void;
}

/** The page's own feed and outbox on a real socket, connected as in `Connection`. */
export class Page implements Requester {
  readonly state = new PageState();
  readonly outbox: Outbox;
  private readonly socket: Socket<ServerEvents, ClientEvents>;
  private readonly typedSocket: TypedSocket;
  private readonly feed: BoardFeed;
  private readonly storage: MemoryStorage;
  private readonly lossyDelivery: LossyDelivery<FeedPacket> | undefined;
  private closed = false;

  constructor(
    url: string,
    private readonly browser: Browser,
  ) {
    this.storage = browser.storage.page();
    this.outbox = new Outbox(this, { storage: this.storage, ...(browser.tab && { tab: browser.tab }) });
    const listener: FeedListener = {
      changed: (change) => {
        this.outbox.follow(change);
        this.state.apply(change);
      },
      reloadNeeded: () => this.state.violations.push('a reload was asked for'),
    };
    const kept = new KeptBoard({
      storage: browser.board ?? new MemoryBoard(),
      build: 'storm',
      mayKeep: () => true,
      doubtful: () => this.outbox.doubtful,
    });
    this.feed = new BoardFeed(this, listener, { kept, ...SMALL_PAGES });
    void this.feed.open();
    const socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      ackTimeout: ACK_TIMEOUT_MS,
      reconnectionDelay: 100,
      reconnectionDelayMax: 1_000,
      extraHeaders: { cookie: browser.cookie },
    });
    this.socket = socket;
    this.typedSocket = socket;
    this.socket.on('connect', () => this.connected());
    this.socket.on('disconnect', (reason) => this.disconnected(reason));
    this.lossyDelivery = browser.random && new LossyDelivery(browser.random, (packet) => this.feed.receive(packet));
    this.socket.on('feed', (packet) => (this.lossyDelivery ?? this.feed).receive(packet));
  }

  /** Whether it is connected and no command waits for its answer. */
  get done(): boolean {
    return (
      this.socket.connected &&
      this.state.complete &&
      this.outbox.pending.every(({ status }) => status.kind === 'refused')
    );
  }

  async request<Name extends RequestName>(name: Name, payload: Payload<Name>): Promise<Ack<Data<Name>>> {
    if (!this.socket.connected) return UNANSWERED;
    try {
      const answer = await this.typedSocket.emitWithAck(name, payload);
      if (answer.ok && 'id' in payload) this.browser.acknowledged(payload.id, (answer.data as { n: number }).n);
      return answer;
    } catch {
      // The acknowledgement timed out, or the connection was closed.
      return UNANSWERED;
    }
  }

  /** From now on all packets of the feed arrive once and in order. */
  deliverReliably(): void {
    if (this.lossyDelivery) this.lossyDelivery.lossy = false;
  }

  setOnline(online: boolean): void {
    if (this.closed) return;
    if (online) this.socket.connect();
    else this.socket.disconnect();
  }

  close(): void {
    this.closed = true;
    this.socket.disconnect();
    this.outbox.disconnected();
    this.storage.close();
  }

  private connected(): void {
    this.feed.connected();
    this.outbox.connected(this.browser.email);
  }

  private disconnected(reason: string): void {
    this.feed.disconnected();
    this.outbox.disconnected();
    if (reason === 'ping timeout') this.browser.heartbeatTimedOut?.();
    if (reason === 'io server disconnect' && !this.closed) this.socket.connect();
  }
}
