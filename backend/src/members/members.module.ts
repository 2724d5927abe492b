import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/index.js';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { MembersGateway } from './members.gateway.js';
import { MembersService } from './members.service.js';

@Module({
  imports: [JournalModule, RealtimeModule],
  providers: [MembersService, MembersGateway],
  exports: [MembersService],
})
export class MembersModule {}
