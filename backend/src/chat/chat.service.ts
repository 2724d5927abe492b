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
import { MembersService } from '../members/members.service.js';
import { ProductsService } from '../products/products.service.js';
import { Conversation } from './conversation.js';
import { MustRead } from './must-read.js';
import { SaidOfProducts } from './said-of-products.js';

/** The rules of the chat. Commands store one record, or throw a `Refusal`. */
@Injectable()
export class ChatService {
  private readonly conversation: Conversation;

  constructor(
    private readonly journal: Journal,
    feed: Feed,
    private readonly products: ProductsService,
    private readonly members: MembersService,
  ) {
    this.conversation = new Conversation(journal);
    journal.addView(this.conversation);
    feed.include('messages', (size) => this.newest(size).messages);
    feed.include('more', (size) => this.newest(size).more);
    feed.include('pinned', () => this.conversation.durablyPinned);
    const mustRead = new MustRead();
    journal.addView(mustRead);
    feed.includeOwn('toRead', (member) => mustRead.of(member));
  }

  send(payload: SendMessage, by: string): Promise<Stored> {
    const command = commandOf('chat:send', payload, by);
    const said = new SaidOfProducts({ ...payload, ...command.intent }, this.products);
    return this.commit(command, () => {
      const { type, mustRead, text } = command.intent;
      if (mustRead?.includes(by)) throw toOneself();
      // In the order of the record.
      return { type, ...(mustRead && { mustRead }), ...said.moves(), ...said.about(), text };
    });
  }

  edit(payload: EditMessage, by: string): Promise<Stored> {
    const command = commandOf('chat:edit', payload, by);
    const said = new SaidOfProducts({ ...payload, ...command.intent }, this.products);
    return this.commit(command, () => {
      this.requireOwn(payload.message, by);
      return { ...command.intent, ...said.about() };
    });
  }

  delete(payload: DeleteMessage, by: string): Promise<Stored> {
    const command = commandOf('chat:delete', payload, by);
    return this.commit(command, () => {
      if (!this.members.isAdmin(by)) this.requireOwn(payload.message, by);
      else if (this.existing(payload.message).deletedAt !== undefined) throw notFound();
      return command.intent;
    });
  }

  agree(payload: AgreeToMessage, by: string): Promise<Stored> {
    const command = commandOf('chat:agree', payload, by);
    return this.commit(command, () => {
      this.requireAgreeable(payload.message, by);
      return command.intent;
    });
  }

  /** What stands on top of the conversation, one message at a time. */
  pin(payload: PinMessage, by: string): Promise<Stored> {
    const command = commandOf('chat:pin', payload, by);
    return this.commit(command, () => {
      const { message, pinned } = payload;
      if (this.existing(message).deletedAt !== undefined) throw notFound();
      if ((this.conversation.pinned === message) === pinned) throw new Refusal('CONFLICT', 'That is so already.');
      return command.intent;
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

  private async commit<R extends MessageRecord>(command: Command<R>, decide: () => Body<R>): Promise<Stored> {
    const { n, at } = await this.journal.commit(command, decide);
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

function toOneself(): Refusal {
  const fields = [{ field: 'mustRead', rule: 'isSomebodyElse' }];
  return new Refusal('INVALID', 'Others must read a message, not who writes it.', fields);
}

function notFound(): Refusal {
  return new Refusal('NOT_FOUND', 'There is no such message.');
}
