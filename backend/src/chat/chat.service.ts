import { Injectable } from '@nestjs/common';
import type {
  AgreeToMessage,
  DeleteMessage,
  EditMessage,
  HistoryPage,
  HistoryRequest,
  Message,
  MessageRecord,
  SendMessage,
  Stored,
} from '../contract/index.js';
import { type Body, type Command, commandOf, Journal } from '../journal/index.js';
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
    journal.addView(this.conversation);
    feed.include('messages', () => this.conversation.newest.messages);
    feed.include('more', () => this.conversation.newest.more);
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

  /** A page of the past, as it is now. */
  history({ before, limit }: HistoryRequest): Promise<HistoryPage> {
    return this.conversation.page(before, limit);
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
