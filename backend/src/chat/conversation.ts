import {
  type HistoryPage,
  indexOfMessage,
  isMessageRecord,
  type JournalRecord,
  LIMITS,
  type Message,
  messageOf,
  reduceMessage,
  reducePinned,
} from '../contract/index.js';
import type { Checkpointed, Journal, StoredRecord, View } from '../journal/index.js';
import { lastWithin } from '../realtime/page-size.js';
import { CHANGES, MessageIndex } from './message-index.js';

/** What a checkpoint keeps. */
interface Saved {
  readonly index: ReturnType<MessageIndex['save']>;
  readonly pinned: number | undefined;
}

const NOTHING_ON_TOP = { durable: undefined, staged: undefined };

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
  /** The number of the message on top: as it is durable, and as the open batch has left it. */
  private top: { readonly durable: number | undefined; readonly staged: number | undefined } = NOTHING_ON_TOP;

  readonly checkpoint: Checkpointed = {
    // With the numbers that stand for the kinds of changes.
    shape: `conversation 5: ${CHANGES.join()}`,
    save: (): Saved => ({ index: this.index.save(), pinned: this.top.durable }),
    load: (state) => {
      const { index, pinned } = state as Saved;
      this.index.load(index);
      this.top = { durable: pinned, staged: pinned };
    },
  };

  constructor(private readonly journal: Pick<Journal, 'readEach'>) {}

  /** The newest page, oldest first: so many messages, or fewer where these would have more than so many bytes. */
  newest(bytes: number): HistoryPage {
    const messages = lastWithin(bytes, this.recent.slice(-LIMITS.snapshotMessages));
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

  /** The number of the message on top, as a decision must see it. */
  get pinned(): number | undefined {
    return this.top.staged;
  }

  get durablyPinned(): number | undefined {
    return this.top.durable;
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
    // What stands on top says nothing of the message itself.
    if (record.type !== 'message-pinned') this.index.add(record, messageOf(record));
    const pinned = reducePinned(this.top.durable, record);
    this.top = { durable: pinned, staged: pinned };
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
    this.top = { ...this.top, staged: reducePinned(this.top.staged, record) };
  }

  unstage(): void {
    if (this.staged.size > 0) this.staged.clear();
    this.top = { ...this.top, staged: this.top.durable };
  }
}
