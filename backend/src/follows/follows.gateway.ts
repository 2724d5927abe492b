import { ConnectedSocket, MessageBody, type OnGatewayInit } from '@nestjs/websockets';
import type { Follows } from '../contract/index.js';
import { Member, On, RealtimeGateway } from '../realtime/realtime-gateway.js';
import { memberRoom, type RealtimeServer, type RealtimeSocket } from '../realtime/socket.js';
import { SeeAlertsDto, SetFollowDto } from './follows.dto.js';
import { FollowsService } from './follows.service.js';

@RealtimeGateway()
export class FollowsGateway implements OnGatewayInit<RealtimeServer> {
  constructor(private readonly service: FollowsService) {}

  afterInit(server: RealtimeServer): void {
    this.service.alerts.subscribe(({ member, alert }) => server.to(memberRoom(member)).emit('alert', alert));
  }

  @On('follow:set')
  set(
    @MessageBody() { follow }: SetFollowDto,
    @Member() member: string,
    @ConnectedSocket() socket: RealtimeSocket,
  ): Follows {
    const answer: Follows = { follows: this.service.set(member, follow) };
    socket.to(memberRoom(member)).emit('follows', answer);
    return answer;
  }

  @On('alerts:seen')
  see(@MessageBody() { n }: SeeAlertsDto, @Member() member: string, @ConnectedSocket() socket: RealtimeSocket): null {
    if (this.service.see(member, n)) socket.to(memberRoom(member)).emit('alerts-seen', { n });
    return null;
  }
}
