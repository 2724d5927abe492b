import { Injectable } from '@nestjs/common';
import type {
  AgreeToMessage,
  DeleteMessage,
  EditMessage,
  HistoryPage,
  HistoryRequest,
  JournalRecord,
  MessageAgreed,
  MessageDeleted,
  MessageEdited,
  MessagePosted,
  SendMessage,
  Stored,
} from '../contract/index.js';
import { Journal } from '../journal/index.js';
import { Feed } from '../realtime/feed.js';
import { Refusal } from '../errors/refusal.js';
import { Conversation } from './conversation.js';

/** The rules of the chat. Commands store one record, or throw a `Refusal`. */
@Injectable()
export class ChatService {
  private readonly conversation: Conversation;

  constructor(
    private readonly journal: Journal,
    feed: Feed,
  ) {
    this.conversation = new Conversation(journal);
    journal.project(this.conversation);
    feed.include(() => this.conversation.newest);
  }

  async send({ id, after, text }: SendMessage, by: string): Promise<Stored> {
    const intent = { type: 'message-posted', text } as const;
    return stored(await this.journal.commit<MessagePosted>({ id, by, after, intent }, () => intent));
  }

  async edit({ id, after, message, text }: EditMessage, by: string): Promise<Stored> {
    const intent = { type: 'message-edited', message, text } as const;
    const about = this.existing(message);
    const record = await this.journal.commit<MessageEdited>({ id, by, after, intent, about }, (posted) => {
      this.requireOwn(message, posted, by);
      return intent;
    });
    return stored(record);
  }

  async delete({ id, after, message }: DeleteMessage, by: string): Promise<Stored> {
    const intent = { type: 'message-deleted', message } as const;
    const about = this.existing(message);
    const record = await this.journal.commit<MessageDeleted>({ id, by, after, intent, about }, (posted) => {
      this.requireOwn(message, posted, by);
      return intent;
    });
    return stored(record);
  }

  async agree({ id, after, message }: AgreeToMessage, by: string): Promise<Stored> {
    const intent = { type: 'message-agreed', message } as const;
    const about = this.existing(message);
    const record = await this.journal.commit<MessageAgreed>({ id, by, after, intent, about }, (posted) => {
      this.requireAgreeable(message, posted, by);
      return intent;
    });
    return stored(record);
  }

  /** A page of the past, as it is now. */
  history({ before, limit }: HistoryRequest): Promise<HistoryPage> {
    return this.conversation.page(before, limit);
  }

  /** The message, if there is one: whether or not, what is asked about it is answered in its turn. */
  private existing(message: number): number | undefined {
    return this.conversation.has(message) ? message : undefined;
  }

  private requireOwn(message: number, posted: JournalRecord | undefined, by: string): void {
    if (!posted) throw notFound();
    if (posted.by !== by) throw new Refusal('FORBIDDEN', 'That message is somebody else’s.');
    if (this.conversation.isDeleted(message)) throw notFound();
  }

  private requireAgreeable(message: number, posted: JournalRecord | undefined, by: string): void {
    if (!posted || this.conversation.isDeleted(message)) throw notFound();
    if (posted.by === by) throw new Refusal('FORBIDDEN', 'That message is your own.');
    if (this.conversation.isAgreed(message, by))
      throw new Refusal('CONFLICT', 'You have already agreed to that message.');
  }
}

function notFound(): Refusal {
  return new Refusal('NOT_FOUND', 'There is no such message.');
}

function stored({ n, at }: Stored): Stored {
  return { n, at };
}
