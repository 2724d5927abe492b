import type { Ack, CommandName, Data, Payload } from 'backend/contract';
import {
  GIVEN_UP,
  isUnanswered,
  keptOf,
  type Command,
  type KeptCommand,
  type OutboxNews,
  type PendingCommand,
} from './command';
import { newCommandId } from './command-id';
import { Dispatch } from './dispatch';
import type { FeedChange } from './feed';
import { MemoryStorage, type OutboxStorage } from './outbox-storage';
import { Persistence } from './persistence';
import { PendingList, type Held } from './pending-list';
import type { Requester } from './requester';
import { EVERY_TAB, type SendingTab } from './sending-tab';

/** What an outbox works with. Left out, it is one of a single page that keeps nothing. */
export interface OutboxOptions {
  readonly storage?: OutboxStorage;
  readonly tab?: SendingTab;
  /** Called when `pending` or `inMemoryOnly` has changed. */
  readonly changed?: () => void;
}

/**
 * Commands until they are answered: stored when a person acts, and sent, also after a reload and days offline, always with
 * the same id, which the server answers without doing it twice. What is refused for good stays until its author tries again
 * or discards it.
 *
 * Each command belongs to the member who gave it and is sent only while the connection speaks in that name.
 *
 * The pages of one browser share what is stored. Where it has locks, one page sends for all. Where it has none, each sends
 * what was given in it, and after a while what another page has left behind; two pages may then send the same command,
 * which is harmless, because the server recognises its id.
 */
export class Outbox {
  private readonly storage: OutboxStorage;
  private readonly list: PendingList;
  private readonly dispatch: Dispatch;
  private readonly persistence: Persistence;
  /** Those in this page who wait for the answer to a command, by its id. */
  private readonly senders = new Map<string, (answer: Ack<never>) => void>();
  /** Names this page as long as it lives. */
  private readonly page = newCommandId();
  constructor(
    requester: Requester,
    { storage = new MemoryStorage(), tab = EVERY_TAB, changed = () => undefined }: OutboxOptions = {},
  ) {
    this.storage = storage;
    this.list = new PendingList(changed);
    const { list, page } = this;
    this.dispatch = new Dispatch({ list, requester, tab, page, settled: (held, answer) => this.settle(held, answer) });
    storage.listen((news) => this.hear(news));
    storage.tell({ kind: 'begun' });
    this.persistence = new Persistence({
      storage,
      list,
      page,
      changed: () => {
        changed();
        this.dispatch.pump();
      },
    });
    void this.persistence.open();
  }

  /** What is not done yet, of every member, in the order in which it was given. */
  get pending(): readonly PendingCommand[] {
    return this.list.shown;
  }

  /** Whether what is pending lasts only as long as this page, because the browser does not store it, or not yet. */
  get inMemoryOnly(): boolean {
    return this.persistence.inMemoryOnly;
  }

  /**
   * Keeps the command and sends it when it can. Resolves once, in this page only: to the server's answer (done and on its
   * disk, or refused for good), or to `GIVEN_UP`.
   */
  send<Name extends CommandName>(name: Name, payload: Payload<Name>, by: string): Promise<Ack<Data<Name>>> {
    const { id } = payload;
    const command = { name, payload } as Command;
    const { nextOrder: order } = this.list;
    this.list.add([{ id, by, at: new Date().toISOString(), order, tab: this.page, command }], false);
    this.keep(id);
    this.dispatch.pump();
    return new Promise((resolve) => {
      this.senders.set(id, resolve);
    });
  }

  /** The connection stands and speaks in that member's name. */
  connected(member: string): void {
    this.dispatch.connected(member);
  }

  disconnected(): void {
    this.dispatch.disconnected();
  }

  /** Sends a refused command again, as the same command: if it was stored after all, it is not stored twice. */
  retry(id: string): void {
    const held = this.list.get(id);
    if (!held?.entry.refused) return;
    this.list.update(held, { refused: undefined, tab: this.page });
    this.keep(id);
    this.dispatch.pump();
  }

  /** Sends the command no more. It may have been done: its answer, if one comes, is not looked at. */
  discard(id: string): void {
    if (!this.list.get(id)) return;
    this.forget(id);
    this.persistence.write(id);
    this.storage.tell({ kind: 'discarded', id });
  }

  /** The feed has brought something, perhaps what is pending here. */
  follow(change: FeedChange): void {
    for (const id of this.list.follow(change)) this.persistence.write(id);
  }

  /** Stores it, and tells the other pages at once: one of them may send it, and none sends what was given later before it. */
  private keep(id: string): void {
    const entry = this.list.get(id)?.entry;
    if (!entry) return;
    this.persistence.write(id);
    this.announce(entry);
  }

  /** What this page has not written yet, another one can only hear from it. */
  private announceAll(): void {
    for (const entry of this.list.entries) if (entry.tab === this.page && isUnanswered(entry)) this.announce(entry);
  }

  private announce(entry: PendingCommand): void {
    if (entry.by !== '') this.storage.tell({ kind: 'given', kept: keptOf(entry) });
  }

  private hear(news: OutboxNews): void {
    if (news.kind === 'given') this.given(news.kept);
    else if (news.kind === 'begun') this.announceAll();
    else this.ended(news);
  }

  private ended(news: Extract<OutboxNews, { id: string }>): void {
    const own = this.list.get(news.id)?.entry.tab === this.page;
    if (news.kind === 'discarded') this.forget(news.id);
    else this.answered(news.id, news.answer);
    // A page whose storage opens late writes its own commands after another one has ended them.
    if (own) this.persistence.write(news.id);
  }

  /** Another page has a new command, or tries a refused one again. */
  private given(kept: KeptCommand): void {
    const held = this.list.get(kept.id);
    if (held?.entry.refused) this.list.update(held, { refused: undefined, tab: kept.tab });
    this.list.add([kept]);
    this.dispatch.pump();
  }

  private settle({ entry: { id } }: Held, answer: Ack<unknown>): void {
    // Discarded meanwhile.
    if (!this.list.get(id)) return;
    this.answered(id, answer);
    this.persistence.write(id);
    this.storage.tell({ kind: 'answered', id, answer });
  }

  private answered(id: string, answer: Ack<unknown>): void {
    const held = this.list.get(id);
    if (held && !answer.ok) this.list.update(held, { refused: answer.error, doubtful: false });
    if (held && answer.ok) this.list.stored(held, (answer.data as { n: number }).n);
    if (!held && answer.ok) this.list.remove(id);
    // What the server answers to a command has the shape that the contract gives to its name.
    this.tellSender(id, answer as Ack<never>);
  }

  private forget(id: string): void {
    this.list.remove(id);
    this.tellSender(id, GIVEN_UP);
    this.dispatch.pump();
  }

  private tellSender(id: string, answer: Ack<never>): void {
    this.senders.get(id)?.(answer);
    this.senders.delete(id);
  }
}
