import { Service, computed, inject, signal } from '@angular/core';
import {
  type Message,
  type MessageRecord,
  indexOfMessage,
  isMessageRecord,
  reduceMessage,
  reducePinned,
} from 'backend/contract';
import { Connection } from '../realtime/connection';
import type { FeedChange } from '../realtime/feed';
import { pendingChanges } from './pending-messages';

/** The message on top of the conversation, which may be older than those that are loaded. */
@Service()
export class PinnedMessage {
  private readonly connection = inject(Connection);
  private readonly confirmed = signal<number | undefined>(undefined);
  /** The one that was asked for because it was not loaded. */
  private readonly fetched = signal<Message | undefined>(undefined);

  /** Its number, with one's own pending changes. */
  readonly number = computed(() => pendingChanges(this.connection.pending()).reduce(reducePinned, this.confirmed()));
  readonly loaded = this.fetched.asReadonly();

  constructor() {
    this.connection.listen((change) => {
      this.follow(change);
    });
  }

  /** Asks for it when it is not among the loaded messages. */
  loadUnless(messages: readonly Message[]): void {
    const number = this.confirmed();
    if (number === undefined || this.fetched()?.n === number || indexOfMessage(messages, number) >= 0) return;
    void this.fetch(number);
  }

  private follow(change: FeedChange): void {
    if (change.kind === 'snapshot') {
      this.fetched.set(undefined);
      this.confirmed.set(change.snapshot.pinned);
    } else if (change.kind === 'records')
      for (const record of change.records) if (isMessageRecord(record)) this.apply(record);
  }

  private apply(record: MessageRecord): void {
    this.confirmed.update((pinned) => reducePinned(pinned, record));
    const message = this.fetched();
    if (message && 'message' in record && record.message === message.n)
      this.fetched.set(reduceMessage(message, record));
  }

  /** As it is now. Where that fails, it is shown when it is among the loaded messages. */
  private async fetch(number: number): Promise<void> {
    const answer = await this.connection.request('chat:history', { before: number + 1, limit: 1 });
    const [message] = answer.ok ? answer.data.messages : [];
    if (message?.n === number && this.confirmed() === number) this.fetched.set(message);
  }
}
