import { Service, computed, inject, signal } from '@angular/core';
import {
  isMessageRecord,
  reduceMessages,
  type Ack,
  type JournalRecord,
  stockLines,
  type Message,
  type MessagePosted,
  type MessageRecord,
  type Refused,
  type SendMessage,
  type Snapshot,
  type Stored,
} from 'backend/contract';
import { newCommandId } from '../realtime/command-id';
import { Connection, type QUEUED } from '../realtime/connection';
import { CHAT_PRODUCTS } from './about/chat-products';
import type { MessageAction } from './message-action';
import { pendingMessages, withPendingChanges } from './pending-messages';
import { PinnedMessage } from './pinned-message';
import { Typing } from './typing';
import { Unread } from './unread';

export type { PendingMessage } from './pending-messages';

/** What somebody says; about products besides those that the text mentions, and who must read it. */
export type NewMessage = Pick<SendMessage, 'text' | 'about' | 'mustRead'>;

/** A message that was submitted. */
export interface SentMessage {
  /** The command's. */
  readonly id: string;
  /** The server's, whenever that comes. */
  readonly answer: Promise<Ack<Stored>>;
}

/** Messages in one page of older ones. */
const PAGE_SIZE = 100;
/** Messages in memory at most. Older ones are dropped when new ones come, and can be loaded again. */
const MAX_LOADED = 5_000;

/** The conversation as far as it is loaded, what is pending, and who types. */
@Service()
export class ChatStore {
  private readonly connection = inject(Connection);
  private readonly typist = inject(Typing);
  private readonly top = inject(PinnedMessage);
  private readonly unseen = inject(Unread);
  private readonly run = signal<readonly Message[]>([]);
  private readonly hasMore = signal(false);
  private readonly isLoadingOlder = signal(false);
  /** Changes of messages while a page of older ones is being loaded: that page may not contain them. Empty otherwise. */
  private readonly meanwhile: MessageRecord[] = [];
  private snapshots = 0;
  private readonly products = inject(CHAT_PRODUCTS);
  /** The commands of this page whose messages may move stock. */
  private readonly moving = new Set<string>();

  /** The newest part of the conversation without gaps, oldest first; with one's own pending changes. */
  readonly messages = computed(() => withPendingChanges(this.run(), this.connection.pending()));
  /** One's own that the feed has not delivered yet; shown below the others. */
  readonly pending = computed(() => pendingMessages(this.connection.pending(), this.run()));
  /** The message on top, if one is pinned. */
  readonly pinned = computed(() => {
    const number = this.top.number();
    const message = this.messages().find(({ n }) => n === number) ?? this.top.loaded();
    return number !== undefined && message?.n === number && !message.deletedAt ? message : undefined;
  });
  /** Whether the first messages have not come yet. */
  readonly loading = computed(() => !this.connection.ready());
  /** Whether there are older messages than those loaded. */
  readonly more = this.hasMore.asReadonly();
  readonly loadingOlder = this.isLoadingOlder.asReadonly();
  /** E-mails of the others who type now. */
  readonly typing = this.typist.others;
  /** How many messages of others this member has not seen, and how many of them name this member. */
  readonly unread = this.unseen.count;
  readonly mentioned = this.unseen.mentioned;
  /** Whether it is known how far this member has read. */
  readonly unreadKnown = this.unseen.known;
  /** The number of the message above which the line «new» stands; null for none. */
  readonly firstNew = this.unseen.line;
  /** E-mails of those who have written what is loaded, those who wrote last in front. */
  readonly authors = computed(() => [...new Set(this.run().map(({ by }) => by))].reverse(), { equal: areEqual });

  constructor() {
    this.connection.listen((change) => {
      if (change.kind === 'snapshot') this.replace(change.snapshot);
      else if (change.kind === 'records') this.append(change.records);
      this.top.loadUnless(this.run());
    });
  }

  send(text: string, { about, mustRead }: Omit<NewMessage, 'text'> = {}): SentMessage {
    this.typist.sent();
    this.unseen.wrote();
    const id = newCommandId();
    if (stockLines(text).length > 0) this.moving.add(id);
    return {
      id,
      answer: this.connection.command('chat:send', {
        id,
        text,
        ...(about && { about }),
        ...(mustRead && { mustRead }),
      }),
    };
  }

  /** Sends a refused message or change again, as the same command: if it was stored after all, it is not stored twice. */
  retry(id: string): void {
    this.connection.retry(id);
  }

  /** Stops sending what is not acknowledged. If the server has stored it after all, the feed delivers it. */
  discard(id: string): void {
    this.connection.discard(id);
  }

  /**
   * Does something with exactly that message: with no other history's of the same number. Offline, and when the answer takes
   * long, it resolves to `QUEUED`: it shows as done, and is among the pending ones if it is refused.
   */
  act({ name, message: { n, command }, ...said }: MessageAction): Promise<Ack<Stored> | typeof QUEUED> {
    const payload = { ...said, id: newCommandId(), message: n, refers: { n, command } };
    return this.connection.sendAndWait(name, payload);
  }

  /** Whether the newest messages are in sight of somebody who looks at them. */
  read(isReading: boolean): void {
    this.unseen.read(isReading);
  }

  /** Called at each key of the message input. */
  notifyTyping(): void {
    this.typist.notify();
  }

  /** Puts a page of older messages before those loaded. Resolves to why it could not, or to null. */
  async loadOlder(): Promise<Refused | null> {
    const before = this.run()[0]?.n;
    if (before === undefined || !this.hasMore() || this.isLoadingOlder()) return null;
    this.isLoadingOlder.set(true);
    const snapshots = this.snapshots;
    const answer = await this.connection.request('chat:history', { before, limit: PAGE_SIZE });
    this.isLoadingOlder.set(false);
    const meanwhile = this.meanwhile.splice(0);
    if (!answer.ok) return answer.error;
    // The messages that this page precedes were replaced meanwhile.
    if (snapshots !== this.snapshots || this.run()[0]?.n !== before) return null;
    const older = answer.data.messages.filter((message) => message.n < before);
    this.show([...reduceMessages(older, meanwhile), ...this.run()], answer.data.more);
    return null;
  }

  private replace(snapshot: Snapshot): void {
    this.snapshots++;
    this.show(snapshot.messages, snapshot.more);
  }

  private show(messages: readonly Message[], hasMore: boolean): void {
    this.run.set(messages);
    this.hasMore.set(hasMore);
    this.unseen.follow(messages, hasMore);
  }

  private append(records: readonly JournalRecord[]): void {
    const about = records.filter(isMessageRecord);
    if (this.isLoadingOlder()) this.meanwhile.push(...about.filter((record) => record.type !== 'message-posted'));
    const messages = reduceMessages(this.run(), about);
    const tooMany = messages.length > MAX_LOADED;
    this.show(tooMany ? messages.slice(-MAX_LOADED) : messages, tooMany || this.hasMore());
    for (const record of about) if (record.type === 'message-posted') this.posted(record);
  }

  private posted({ id: command, n, at, by, moves }: MessagePosted): void {
    this.typist.stopped(by);
    if (this.moving.delete(command) && moves) this.products.offerUndo({ n, at, command, moves });
  }
}

function areEqual(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one, place) => one === others[place]);
}
