import { ConnectedSocket, MessageBody, type OnGatewayConnection } from '@nestjs/websockets';
import type { Mark } from '../contract/index.js';
import { Member, On, RealtimeGateway } from '../realtime/realtime-gateway.js';
import type { RealtimeSocket } from '../realtime/socket.js';
import { SetMarkDto } from './marks.dto.js';
import { MarksService } from './marks.service.js';

@RealtimeGateway()
export class MarksGateway implements OnGatewayConnection<RealtimeSocket> {
  constructor(private readonly marks: MarksService) {}

  handleConnection(socket: RealtimeSocket): void {
    const { email } = socket.data;
    if (email) void socket.join(roomOf(email));
  }

  @On('mark:set')
  set(
    @MessageBody() { n: wanted, of }: SetMarkDto,
    @Member() member: string,
    @ConnectedSocket() socket: RealtimeSocket,
  ): Mark {
    const { n, moved } = this.marks.set(member, wanted, of ?? 'messages');
    const mark: Mark = { n, ...(of && { of }) };
    if (moved) socket.to(roomOf(member)).emit('mark', mark);
    return mark;
  }
}

/** The room of all connections of one member. No e-mail has a blank, so no other room has that name. */
function roomOf(email: string): string {
  return `member ${email}`;
}
