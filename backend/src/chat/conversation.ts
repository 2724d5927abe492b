import {
  type HistoryPage,
  indexOfMessage,
  isMessageRecord,
  type JournalRecord,
  LIMITS,
  type Message,
  messageOf,
  reduceMessage,
} from '../contract/index.js';
import type { Checkpointed, Journal, StoredRecord, View } from '../journal/index.js';
import { CHANGES, MessageIndex } from './message-index.js';

/**
 * The chat in memory, bounded: the newest messages whole, of the others what rules ask for. Texts of the past stay in the
 * journal.
 */
export class Conversation implements View {
  private readonly index = new MessageIndex();
  /** The newest messages, oldest first: at least those that a joining client gets. */
  private recent: Message[] = [];
  /** Messages as the open batch has left them. */
  private readonly staged = new Map<number, Message>();

  readonly checkpoint: Checkpointed = {
    // With the numbers that stand for the kinds of changes.
    shape: `conversation 4: ${CHANGES.join()}`,
    save: () => this.index.save(),
    load: (state) => this.index.load(state as ReturnType<MessageIndex['save']>),
  };

  constructor(private readonly journal: Pick<Journal, 'readEach'>) {}

  /** The newest page, oldest first. */
  get newest(): HistoryPage {
    const messages = this.recent.slice(-LIMITS.snapshotMessages);
    return { messages, more: this.index.size > messages.length };
  }

  /** A page of the past, as it is now, oldest first. Costs the same however old it is. */
  async page(before: number, limit: number): Promise<HistoryPage> {
    const { numbers, more } = this.index.before(before, limit);
    const changes = numbers.flatMap((message) => this.index.changesOf(message));
    const messages = new Map<number, Message>();
    for (const record of [...(await this.journal.readEach(numbers)), ...(await this.journal.readEach(changes))]) {
      const message = isMessageRecord(record) && reduceMessage(messages.get(messageOf(record)), record);
      if (message) messages.set(message.n, message);
    }
    return { messages: [...messages.values()], more };
  }

  /** A message as a decision must see it: who posted it, whether it is deleted, who agreed; perhaps without its text. */
  get(message: number): Message | undefined {
    return this.staged.get(message) ?? this.index.outline(message);
  }

  replay(stored: StoredRecord): void {
    const { n, type, by } = stored;
    // Most are posted messages, of which nothing more is needed.
    if (type === 'message-posted') this.index.add({ n, type, by }, n);
    else if (isMessageRecord(stored)) this.apply(stored.read());
  }

  async replayed(): Promise<void> {
    const { messages } = await this.page(Infinity, LIMITS.snapshotMessages);
    this.recent = [...messages];
  }

  apply(record: JournalRecord): void {
    if (!isMessageRecord(record)) return;
    this.index.add(record, messageOf(record));
    const posted = record.type === 'message-posted';
    const place = posted ? this.recent.length : indexOfMessage(this.recent, messageOf(record));
    const message = reduceMessage(this.recent[place], record);
    if (message) this.recent[place] = message;
    // Cut in large steps: cutting one at a time would move the whole list for each message.
    if (this.recent.length >= 4 * LIMITS.snapshotMessages) this.recent = this.recent.slice(-LIMITS.snapshotMessages);
  }

  stage(record: JournalRecord): void {
    if (!isMessageRecord(record)) return;
    const message = reduceMessage(this.get(messageOf(record)), record);
    if (message) this.staged.set(message.n, message);
  }

  unstage(): void {
    if (this.staged.size > 0) this.staged.clear();
  }
}
