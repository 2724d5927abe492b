import { Service, computed, inject, signal } from '@angular/core';
import {
  isMessageRecord,
  reduceMessages,
  type Ack,
  type JournalRecord,
  type Message,
  type MessageRecord,
  type Refused,
  type Snapshot,
  type Stored,
} from 'backend/contract';
import { newCommandId } from '../realtime/command-id';
import { Connection, type QUEUED } from '../realtime/connection';
import type { MessageAction } from './message-action';
import { pendingMessages, withPendingChanges } from './pending-messages';
import { PinnedMessage } from './pinned-message';
import { Typing } from './typing';

export type { PendingMessage } from './pending-messages';

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
  private readonly run = signal<readonly Message[]>([]);
  private readonly hasMore = signal(false);
  private readonly isLoadingOlder = signal(false);
  /** Changes of messages while a page of older ones is being loaded: that page may not contain them. Empty otherwise. */
  private readonly meanwhile: MessageRecord[] = [];
  private snapshots = 0;

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

  constructor() {
    this.connection.listen((change) => {
      if (change.kind === 'snapshot') this.replace(change.snapshot);
      else if (change.kind === 'records') this.append(change.records);
      this.top.loadUnless(this.run());
    });
  }

  send(text: string): void {
    this.typist.sent();
    void this.connection.command('chat:send', { id: newCommandId(), text });
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
    this.run.update((messages) => [...reduceMessages(older, meanwhile), ...messages]);
    this.hasMore.set(answer.data.more);
    return null;
  }

  private replace(snapshot: Snapshot): void {
    this.snapshots++;
    this.run.set(snapshot.messages);
    this.hasMore.set(snapshot.more);
  }

  private append(records: readonly JournalRecord[]): void {
    const about = records.filter(isMessageRecord);
    if (this.isLoadingOlder()) this.meanwhile.push(...about.filter((record) => record.type !== 'message-posted'));
    this.run.update((messages) => reduceMessages(messages, about));
    this.dropOldest();
    for (const record of about) if (record.type === 'message-posted') this.typist.stopped(record.by);
  }

  private dropOldest(): void {
    if (this.run().length <= MAX_LOADED) return;
    this.run.update((messages) => messages.slice(-MAX_LOADED));
    this.hasMore.set(true);
  }
}
