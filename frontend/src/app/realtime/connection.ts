import { DOCUMENT, Service, computed, inject, signal } from '@angular/core';
import type { Ack, CommandName, Data, Payload, RequestName, Resumed, Snapshot } from 'backend/contract';
import { Subject } from 'rxjs';
import { AnswerLimits, QUEUED } from './answer-limits';
import { BoardFeed } from './board-feed';
import type { PendingCommand } from './command';
import type { FeedChange } from './feed';
import { KeptBoard } from './kept-board';
import { BOARD_STORAGE, PAGE_BUILD } from './kept-provider';
import { Member } from './member';
import { Outbox } from './outbox';
import { OUTBOX_STORAGE, SENDING_TAB } from './outbox-provider';
import { RealtimeSocket } from './realtime-socket';
import { StorageWatch } from './storage-watch';

export { QUEUED } from './answer-limits';

/** What somebody has who may read nothing. */
const NOTHING: Snapshot = { mode: 'snapshot', journal: '', n: 0, products: [], messages: [], more: false };

/** The page's connection: whether it is open, the changes that the feed delivers, and the way for commands and requests. */
@Service()
export class Connection {
  private readonly socket = inject(RealtimeSocket);
  private readonly member = inject(Member);
  private readonly commands = signal<readonly PendingCommand[]>([]);
  private readonly storage = new StorageWatch(this.socket);
  private readonly outbox = new Outbox(this.storage, {
    storage: inject(OUTBOX_STORAGE),
    tab: inject(SENDING_TAB),
    changed: () => this.outboxChanged(),
  });
  private readonly joins = new Subject<Resumed | Snapshot>();
  private readonly kept = new KeptBoard({
    storage: inject(BOARD_STORAGE),
    build: inject(PAGE_BUILD),
    mayKeep: () => this.member.email() !== null,
    doubtful: () => this.outbox.doubtful,
  });
  private readonly feed = new BoardFeed(
    this.socket,
    {
      restored: (at) => this.keptSince.set(at),
      joined: (answer) => this.joins.next(answer),
      live: () => this.keptSince.set(undefined),
      changed: (change) => this.changed(change),
      unidentified: () => this.close(),
      reloadNeeded: () => this.needsReload.set(true),
    },
    { kept: this.kept },
  );
  private readonly listeners: ((change: FeedChange) => void)[] = [];
  private readonly waits = new AnswerLimits();
  private readonly window = inject(DOCUMENT).defaultView;
  private started = false;

  private readonly isOnline = signal(false);
  private readonly isReady = signal(false);
  private readonly needsReload = signal(false);
  private readonly isInMemoryOnly = signal(false);
  /** Every answer to `feed:join`, before the listeners get what is in it. */
  readonly joined = this.joins.asObservable();
  private readonly keptSince = signal<number | undefined>(undefined);
  /** Whether the socket is connected (B11). */
  readonly online = this.isOnline.asReadonly();
  /** Whether the first join has been answered: what the stores hold is the server's, not nothing yet. */
  readonly ready = this.isReady.asReadonly();
  /** As of when (ms) it is what is shown, while that is only what an earlier page has kept. */
  readonly shownAsOf = this.keptSince.asReadonly();
  /** Whether what is pending is lost with this page, because the browser does not store it, or not yet. */
  readonly inMemoryOnly = this.isInMemoryOnly.asReadonly();
  /** Whether the server has no space at the moment: it can be read, and what is submitted waits. */
  readonly storageFull = this.storage.full;
  /** Whether a record came that this version of the page does not know; nothing is applied after that. */
  readonly reloadNeeded = this.needsReload.asReadonly();
  /**
   * What this member has submitted and what is not confirmed yet, in its order; also before a reload, in another tab, or days
   * ago. The refused ones among them stay until they are tried again or discarded.
   */
  readonly pending = computed(() => this.commands().filter(({ by }) => by === this.author));

  constructor() {
    this.socket.connected.subscribe((online) => (online ? this.connected() : this.disconnected()));
    this.socket.feed.subscribe((packet) => this.feed.receive(packet));
  }

  /** The number of the last record that the listeners have. */
  get applied(): number {
    return this.feed.applied;
  }

  /** Every change from the first snapshot on. Too late after `start`, because that snapshot might be gone. */
  listen(listener: (change: FeedChange) => void): void {
    if (this.started) throw new Error('A store must listen before the connection starts');
    this.listeners.push(listener);
  }

  /** Shows what was kept and opens the connection, when all stores listen. */
  start(): void {
    this.started = true;
    void this.feed.open();
    this.socket.open();
    // A telephone that puts a page away may end it without another event.
    this.window?.addEventListener('visibilitychange', () => this.kept.flush(), { capture: true });
    this.window?.addEventListener('pagehide', () => this.kept.flush());
  }

  /** Deletes the board that is kept in this browser: nobody is identified here any more. */
  forget(): void {
    void this.kept.forget();
  }

  /** Connects again as the member of the current cookie. The feed continues at its cursor. */
  reopen(): void {
    this.socket.reopen();
  }

  /** Lets the commands of this member be sent: it is known now in whose name this connection speaks. */
  admit(): void {
    if (this.online()) this.outbox.connected(this.author);
    this.kept.writeSoon();
  }

  /** Stores a command and sends it until it is answered, across reconnects and reloads; see `Outbox`. */
  command<Name extends CommandName>(name: Name, payload: Payload<Name>): Promise<Ack<Data<Name>>> {
    return this.outbox.submit(name, payload, this.author);
  }

  /**
   * The same for a form that stays open to show the answer. It gets `QUEUED` as soon as that would take longer than a person
   * waits: while there is no connection, or after 3 s. The form shows a refusal itself, so the outbox does not keep it.
   * @param answered the command's answer, where somebody wants that whenever it comes
   */
  async sendAndWait<Name extends CommandName>(
    name: Name,
    payload: Payload<Name>,
    answered = this.command(name, payload),
  ): Promise<Ack<Data<Name>> | typeof QUEUED> {
    const answer = await this.waits.race(answered, this.isOnline());
    if (answer !== QUEUED && !answer.ok) this.discard(payload.id);
    return answer;
  }

  /** Sends a refused command again, as the same command. */
  retry(id: string): void {
    this.outbox.retry(id);
  }

  /** Stops trying to send the command. */
  discard(id: string): void {
    this.outbox.discard(id);
  }

  /** Sends nothing until somebody is admitted: who is here is no longer who it was. What was submitted stays stored. */
  hold(): void {
    this.outbox.disconnected();
    this.waits.endAll();
  }

  /** Sends one request, now. */
  request<Name extends RequestName>(name: Name, payload: Payload<Name>): Promise<Ack<Data<Name>>> {
    return this.socket.request(name, payload);
  }

  private outboxChanged(): void {
    this.commands.set(this.outbox.pending);
    this.isInMemoryOnly.set(this.outbox.inMemoryOnly);
  }

  private connected(): void {
    this.isOnline.set(true);
    this.feed.connected();
  }

  private disconnected(): void {
    this.isOnline.set(false);
    this.hold();
    // That a command was sent does not show, but from now on it matters: it may be stored, and is not answered.
    this.outboxChanged();
    this.feed.disconnected();
  }

  private changed(change: FeedChange): void {
    this.outbox.follow(change);
    for (const listener of this.listeners) listener(change);
    this.isReady.set(true);
  }

  /** Takes away what was shown, here and in what is kept. What waits to be sent is its author's, and stays. */
  private close(): void {
    this.forget();
    this.isReady.set(false);
    this.keptSince.set(undefined);
    for (const listener of this.listeners) listener({ kind: 'snapshot', snapshot: NOTHING });
  }

  private get author(): string {
    return this.member.email() ?? '';
  }
}
