import { ConnectedSocket, MessageBody } from '@nestjs/websockets';
import type { HistoryPage, Stored } from '../contract/index.js';
import { MembersService } from '../members/members.service.js';
import { MemberThrottle } from '../realtime/member-throttle.js';
import { Member, On, RealtimeGateway } from '../realtime/realtime-gateway.js';
import { FEED_ROOM, type RealtimeSocket } from '../realtime/socket.js';
import {
  AgreeToMessageDto,
  DeleteMessageDto,
  EditMessageDto,
  HistoryDto,
  PinMessageDto,
  SendMessageDto,
} from './chat.dto.js';
import { ChatService } from './chat.service.js';

/** A page says every three seconds that its member types, and anew after each message. */
const TYPING_INTERVAL_MS = 1_000;

@RealtimeGateway()
export class ChatGateway {
  private readonly typists = new MemberThrottle(TYPING_INTERVAL_MS);

  constructor(
    private readonly chat: ChatService,
    private readonly members: MembersService,
  ) {}

  @On('chat:send')
  send(@MessageBody() command: SendMessageDto, @Member() by: string): Promise<Stored> {
    return this.chat.send(command, by);
  }

  @On('chat:edit')
  edit(@MessageBody() command: EditMessageDto, @Member() by: string): Promise<Stored> {
    return this.chat.edit(command, by);
  }

  @On('chat:delete')
  delete(@MessageBody() command: DeleteMessageDto, @Member() by: string): Promise<Stored> {
    return this.chat.delete(command, by);
  }

  @On('chat:agree')
  agree(@MessageBody() command: AgreeToMessageDto, @Member() by: string): Promise<Stored> {
    return this.chat.agree(command, by);
  }

  @On('chat:pin')
  pin(@MessageBody() command: PinMessageDto, @Member() by: string): Promise<Stored> {
    return this.chat.pin(command, by);
  }

  @On('chat:history')
  history(@MessageBody() request: HistoryDto): Promise<HistoryPage> {
    return this.chat.history(request);
  }

  @On('chat:typing')
  typing(@MessageBody() _: object, @Member() by: string, @ConnectedSocket() socket: RealtimeSocket): null {
    this.members.requireWriter(by);
    this.typists.pass(by);
    socket.volatile.to(FEED_ROOM).emit('chat:typing', { by });
    return null;
  }
}
