import { ConnectedSocket, MessageBody } from '@nestjs/websockets';
import type { Mark } from '../contract/index.js';
import { Member, On, RealtimeGateway } from '../realtime/realtime-gateway.js';
import { memberRoom, type RealtimeSocket } from '../realtime/socket.js';
import { SetMarkDto } from './marks.dto.js';
import { MarksService } from './marks.service.js';

@RealtimeGateway()
export class MarksGateway {
  constructor(private readonly marks: MarksService) {}

  @On('mark:set')
  set(
    @MessageBody() { n: wanted, of }: SetMarkDto,
    @Member() member: string,
    @ConnectedSocket() socket: RealtimeSocket,
  ): Mark {
    const { n, moved } = this.marks.set(member, wanted, of ?? 'messages');
    const mark: Mark = { n, ...(of && { of }) };
    if (moved) socket.to(memberRoom(member)).emit('mark', mark);
    return mark;
  }
}
