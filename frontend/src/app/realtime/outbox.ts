import { storedFields, type Ack, type CommandName, type Data, type Payload } from 'backend/contract';
import {
  DISCARDED,
  isUnanswered,
  queuedOf,
  type Command,
  type OutboxNews,
  type PendingCommand,
  type QueuedCommand,
} from './command';
import { newCommandId } from './command-id';
import { Dispatch } from './dispatch';
import type { FeedChange } from './feed';
import { MemoryStorage, type OutboxStorage } from './outbox-storage';
import { PendingList } from './pending-list';
import { Persistence } from './persistence';
import type { Requester } from './requester';
import { EVERY_TAB, type SendingTab } from './sending-tab';

/** What an outbox works with. Left out, it is the outbox of a single page, in memory. */
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
 * Each command belongs to the member who submitted it and is sent only while the connection speaks in that name.
 *
 * The pages of one browser share what is stored. Where it has locks, one page sends for all. Where it has none, each sends
 * what was submitted in it, and after a while what another page has not sent; two pages may then send the same command,
 * which is harmless, because the server recognises its id.
 */
export class Outbox {
  private readonly storage: OutboxStorage;
  private readonly list: PendingList;
  private readonly dispatch: Dispatch;
  private readonly persistence: Persistence;
  /** Those in this page who wait for the answer to a command, by its id. */
  private readonly senders = new Map<string, (answer: Ack<never>) => void>();
  /** Names this page as long as it is open. */
  private readonly page = newCommandId();

  constructor(
    requester: Requester,
    { storage = new MemoryStorage(), tab = EVERY_TAB, changed = () => undefined }: OutboxOptions = {},
  ) {
    this.storage = storage;
    this.list = new PendingList(changed);
    const { list, page } = this;
    this.dispatch = new Dispatch({ list, requester, tab, page, settled: (id, answer) => this.settle(id, answer) });
    const stateChanged = (): void => {
      changed();
      this.dispatch.pump();
    };
    this.persistence = new Persistence({ storage, list, page, changed: stateChanged });
    storage.listen((news) => this.receive(news));
    storage.broadcast({ kind: 'opened' });
    void this.persistence.open();
  }

  /** What is not done yet, of every member, in the order in which it was submitted. */
  get pending(): readonly PendingCommand[] {
    return this.list.shown;
  }

  /** Ids of commands that the server has not answered, and that the board as it is shown may contain. */
  get doubtful(): readonly string[] {
    return this.list.doubtfulIds;
  }

  /** Whether what is pending lasts only as long as this page, because the browser does not store it, or not yet. */
  get inMemoryOnly(): boolean {
    return this.persistence.inMemoryOnly;
  }

  /**
   * Stores the command and sends it when it can. Resolves once, in this page only: to the server's answer (done and on its
   * disk, or refused for good), or to `DISCARDED`.
   */
  submit<Name extends CommandName>(name: Name, payload: Payload<Name>, by: string): Promise<Ack<Data<Name>>> {
    const { id } = payload;
    // As the server will store it: nobody is refused for what cannot be seen.
    const command = { name, payload: storedFields(payload) } as Command;
    const place = { at: new Date().toISOString(), order: this.list.nextOrder, tab: this.page };
    this.list.add([{ id, by, ...place, command, status: { kind: 'new' } }]);
    this.share(id);
    return new Promise((resolve) => {
      this.senders.set(id, resolve);
    });
  }

  /** The connection is open and speaks in that member's name. */
  connected(member: string): void {
    this.dispatch.connected(member);
  }

  disconnected(): void {
    this.dispatch.disconnected();
  }

  /** Sends a refused command again, as the same command: if it was stored after all, it is not stored twice. */
  retry(id: string): void {
    if (this.list.get(id)?.status.kind !== 'refused') return;
    this.list.resubmit(id, { order: this.list.nextOrder, tab: this.page });
    this.share(id);
  }

  /** Stops sending the command. It may have been stored: its answer, if one comes, is ignored. */
  discard(id: string): void {
    if (!this.list.get(id)) return;
    this.drop(id);
    this.persistence.write(id);
    this.storage.broadcast({ kind: 'discarded', id });
  }

  /** The feed has delivered something, perhaps what is pending here. */
  follow(change: FeedChange): void {
    for (const id of this.list.follow(change)) this.persistence.write(id);
  }

  /** Stores it and announces it at once: another page may send it, and none must send before it what was submitted later. */
  private share(id: string): void {
    this.persistence.write(id);
    const command = this.list.get(id);
    if (command) this.announce(command);
    this.dispatch.pump();
  }

  private announce(command: PendingCommand): void {
    // Nobody's command, which the server will refuse, concerns no other page.
    if (command.by !== '') this.storage.broadcast({ kind: 'submitted', kept: queuedOf(command) });
  }

  private receive(news: OutboxNews): void {
    if (news.kind === 'opened') this.announceAll();
    else if (news.kind === 'answered' || news.kind === 'discarded') this.ended(news);
    else this.submittedElsewhere(news.kept);
  }

  /** What this page has not written yet, another one can only learn from it. */
  private announceAll(): void {
    for (const command of this.list.all) {
      if (command.tab === this.page && isUnanswered(command)) this.announce(command);
    }
    for (const id of this.list.ended) this.storage.broadcast({ kind: 'discarded', id });
  }

  /** Another page has a new command, or tries a refused one again. */
  private submittedElsewhere({ refused: _refused, ...command }: QueuedCommand): void {
    const { id, order, tab } = command;
    if (this.list.get(id)?.status.kind === 'refused') this.list.resubmit(id, { order, tab });
    this.list.add([{ ...command, status: { kind: 'sent' } }]);
    this.dispatch.pump();
  }

  private ended(news: Extract<OutboxNews, { id: string }>): void {
    const own = this.list.get(news.id)?.tab === this.page;
    if (news.kind === 'discarded') this.drop(news.id);
    else this.answered(news.id, news.answer);
    // A page whose storage opens late writes its own commands after another one has ended them.
    if (own) this.persistence.write(news.id);
  }

  private settle(id: string, answer: Ack<unknown>): void {
    // Discarded meanwhile.
    if (!this.list.get(id)) return;
    // Those that it overtook first: a page that reads only half of this must not send one late.
    for (const each of [...this.answered(id, answer), id]) this.persistence.write(each);
    this.storage.broadcast({ kind: 'answered', id, answer });
  }

  /** Returns the ids of other commands of which something is to be written now. */
  private answered(id: string, answer: Ack<unknown>): readonly string[] {
    // The server answers a command in the shape that the contract has for its name.
    this.answerSender(id, answer as Ack<never>);
    if (answer.ok) return this.list.stored(id, (answer.data as { n: number }).n);
    this.list.refused(id, answer.error);
    return [];
  }

  private drop(id: string): void {
    this.list.remove(id);
    this.answerSender(id, DISCARDED);
    this.dispatch.pump();
  }

  private answerSender(id: string, answer: Ack<never>): void {
    this.senders.get(id)?.(answer);
    this.senders.delete(id);
  }
}
