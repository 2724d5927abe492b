import { Injectable } from '@nestjs/common';
import {
  type AgreeToMessage,
  type DeleteMessage,
  type EditMessage,
  type HistoryPage,
  type HistoryRequest,
  LIMITS,
  type Message,
  type MessageRecord,
  type PinMessage,
  type SendMessage,
  type Stored,
} from '../contract/index.js';
import { type Body, type Command, commandOf, Journal } from '../journal/index.js';
import { Feed, type SnapshotSize } from '../realtime/feed.js';
import { lastWithin } from '../realtime/page-size.js';
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
    journal.addView(this.conversation);
    feed.include('messages', (size) => this.newest(size).messages);
    feed.include('more', (size) => this.newest(size).more);
    feed.include('pinned', () => this.conversation.durablyPinned);
  }

  send(payload: SendMessage, by: string): Promise<Stored> {
    return this.commit(commandOf('chat:send', payload, by));
  }

  edit(payload: EditMessage, by: string): Promise<Stored> {
    return this.commit(commandOf('chat:edit', payload, by), () => this.requireOwn(payload.message, by));
  }

  delete(payload: DeleteMessage, by: string): Promise<Stored> {
    return this.commit(commandOf('chat:delete', payload, by), () => this.requireOwn(payload.message, by));
  }

  agree(payload: AgreeToMessage, by: string): Promise<Stored> {
    return this.commit(commandOf('chat:agree', payload, by), () => this.requireAgreeable(payload.message, by));
  }

  /** What stands on top of the conversation, one message at a time. */
  pin(payload: PinMessage, by: string): Promise<Stored> {
    return this.commit(commandOf('chat:pin', payload, by), () => {
      const { message, pinned } = payload;
      if (this.existing(message).deletedAt !== undefined) throw notFound();
      if ((this.conversation.pinned === message) === pinned) throw new Refusal('CONFLICT', 'That is so already.');
    });
  }

  /** A page of the past, as it is now. */
  async history({ before, limit }: HistoryRequest): Promise<HistoryPage> {
    const { messages, more } = await this.conversation.page(before, limit);
    const fitting = lastWithin(LIMITS.pageBytes, messages);
    return { messages: fitting, more: more || fitting.length < messages.length };
  }

  /** What a joining client gets: bounded by bytes too where it takes the board in pages. */
  private newest({ firstProducts }: SnapshotSize): HistoryPage {
    return this.conversation.newest(firstProducts === undefined ? Infinity : LIMITS.pageBytes / 2);
  }

  /** @param requireAllowed throws a `Refusal` unless the rules allow it, in commit order */
  private async commit(
    command: Command<MessageRecord> & { readonly intent: Body<MessageRecord> },
    requireAllowed: () => void = () => undefined,
  ): Promise<Stored> {
    const { n, at } = await this.journal.commit(command, () => {
      requireAllowed();
      return command.intent;
    });
    return { n, at };
  }

  private requireOwn(message: number, by: string): void {
    const { by: author, deletedAt } = this.existing(message);
    if (author !== by) throw new Refusal('FORBIDDEN', 'That message is somebody else’s.');
    if (deletedAt !== undefined) throw notFound();
  }

  private requireAgreeable(message: number, by: string): void {
    const { by: author, deletedAt, agreed } = this.existing(message);
    if (deletedAt !== undefined) throw notFound();
    if (author === by) throw new Refusal('FORBIDDEN', 'That message is your own.');
    if (agreed?.includes(by)) throw new Refusal('CONFLICT', 'You have already agreed to that message.');
  }

  private existing(message: number): Message {
    const found = this.conversation.get(message);
    if (!found) throw notFound();
    return found;
  }
}

function notFound(): Refusal {
  return new Refusal('NOT_FOUND', 'There is no such message.');
}
