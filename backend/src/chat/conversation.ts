import {
  type HistoryPage,
  indexOfMessage,
  isMessageRecord,
  type JournalRecord,
  LIMITS,
  type Message,
  messageOf,
  type MessagePosted,
  type MessageRecord,
  reduceMessage,
} from '../contract/index.js';
import { type Checkpointed, type Journal, NumberList, type Projection, type Replayed } from '../journal/index.js';

/** Which records changed a message after it was posted. */
interface Changes {
  /** The number of the latest edit. */
  readonly edited?: number;
  /** The number of the deletion. */
  readonly deleted?: number;
  /** The numbers of the agreements, in order, by the e-mail of who agreed. */
  readonly agreed?: ReadonlyMap<string, number>;
}

/** What a checkpoint keeps. */
interface Saved {
  readonly posted: Float64Array;
  readonly changes: Map<number, Changes>;
}

/**
 * The chat in memory, bounded: the newest messages whole, of the older ones only where they stand. Texts of the past
 * stay in the journal.
 */
export class Conversation implements Projection {
  /** Numbers of the records that posted a message, ascending. */
  private readonly posted = new NumberList();
  private changes = new Map<number, Changes>();
  private readonly stagedDeletions = new Set<number>();
  private readonly stagedAgreements = new Set<string>();
  /** The newest messages, oldest first: at least those that a joining client gets. */
  private recent: Message[] = [];

  readonly checkpoint: Checkpointed = {
    shape: 'conversation 3',
    save: (): Saved => ({ posted: this.posted.save(), changes: this.changes }),
    load: (state) => {
      const { posted, changes } = state as Saved;
      this.posted.load(posted);
      this.changes = changes;
    },
  };

  constructor(private readonly journal: Pick<Journal, 'read'>) {}

  /** The newest page, oldest first. */
  get newest(): HistoryPage {
    const messages = this.recent.slice(-LIMITS.snapshotMessages);
    return { messages, more: this.posted.length > messages.length };
  }

  /** A page of the past, as it is now, oldest first. Costs the same however old it is. */
  async page(before: number, limit: number): Promise<HistoryPage> {
    const end = this.posted.rank(before);
    const start = Math.max(0, end - limit);
    const numbers = this.posted.slice(start, end);
    const later = numbers.flatMap((message) => numbersOf(this.changes.get(message)));
    const messages = new Map<number, Message>();
    for (const record of [...(await this.journal.read(numbers)), ...(await this.journal.read(later))]) {
      const message = isMessageRecord(record) && reduceMessage(messages.get(messageOf(record)), record);
      if (message) messages.set(message.n, message);
    }
    return { messages: [...messages.values()], more: start > 0 };
  }

  /** Whether a record of that number posted a message. */
  has(message: number): boolean {
    return this.posted.at(this.posted.rank(message)) === message;
  }

  /** Whether it is gone, as a decision must see it. */
  isDeleted(message: number): boolean {
    return this.stagedDeletions.has(message) || this.changes.get(message)?.deleted !== undefined;
  }

  /** Whether that member has agreed to it, as a decision must see it. */
  isAgreed(message: number, by: string): boolean {
    return this.stagedAgreements.has(agreement(message, by)) || this.changes.get(message)?.agreed?.has(by) === true;
  }

  replay(record: Replayed): void {
    if (!isMessageRecord(record)) return;
    if (record.type === 'message-posted') this.posted.push(record.n);
    else this.changes.set(record.message, changed(this.changes.get(record.message), record));
  }

  async replayed(): Promise<void> {
    const { messages } = await this.page(Infinity, LIMITS.snapshotMessages);
    this.recent = [...messages];
  }

  apply(record: JournalRecord): void {
    if (!isMessageRecord(record)) return;
    this.replay(record);
    const posted = record.type === 'message-posted';
    const place = posted ? this.recent.length : indexOfMessage(this.recent, messageOf(record));
    const message = reduceMessage(this.recent[place], record);
    if (message) this.recent[place] = message;
    // Cut in large steps: cutting one at a time would move the whole list for each message.
    if (this.recent.length >= 4 * LIMITS.snapshotMessages) this.recent = this.recent.slice(-LIMITS.snapshotMessages);
  }

  stage(record: JournalRecord): void {
    if (record.type === 'message-deleted') this.stagedDeletions.add(record.message);
    if (record.type === 'message-agreed') this.stagedAgreements.add(agreement(record.message, record.by));
  }

  unstage(): void {
    this.stagedDeletions.clear();
    this.stagedAgreements.clear();
  }
}

function changed(before: Changes | undefined, record: Exclude<MessageRecord, MessagePosted>): Changes {
  switch (record.type) {
    case 'message-edited':
      return { ...before, edited: record.n };
    case 'message-deleted':
      return { ...before, deleted: record.n };
    case 'message-agreed':
      return { ...before, agreed: new Map(before?.agreed).set(record.by, record.n) };
  }
}

/** The numbers of the records that say how a message is now, in order. */
function numbersOf({ edited, deleted, agreed }: Changes = {}): number[] {
  return [edited, ...(agreed?.values() ?? []), deleted].filter((n) => n !== undefined);
}

function agreement(message: number, by: string): string {
  return `${message} ${by}`;
}
