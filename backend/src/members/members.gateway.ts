import { MessageBody } from '@nestjs/websockets';
import type { Stored } from '../contract/index.js';
import { Member, On, RealtimeGateway } from '../realtime/realtime-gateway.js';
import { SetAccessDto, SetProfileDto } from './members.dto.js';
import { MembersService } from './members.service.js';

@RealtimeGateway()
export class MembersGateway {
  constructor(private readonly members: MembersService) {}

  @On('member:access')
  setAccess(@MessageBody() command: SetAccessDto, @Member() by: string): Promise<Stored> {
    return this.members.setAccess(command, by);
  }

  @On('member:profile')
  setProfile(@MessageBody() command: SetProfileDto, @Member() by: string): Promise<Stored> {
    return this.members.setProfile(command, by);
  }
}
