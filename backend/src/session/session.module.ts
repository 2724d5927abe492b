import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/index.js';
import { MembersModule } from '../members/members.module.js';
import { OwnSessionsController } from './own-sessions.controller.js';
import { Secret } from './secret.js';
import { SessionController } from './session.controller.js';
import { SessionGateway } from './session.gateway.js';
import { SessionRegistry } from './session-registry.js';
import { Sessions } from './sessions.js';
import { WhoAsks } from './who-asks.js';

@Module({
  imports: [JournalModule, MembersModule],
  controllers: [SessionController, OwnSessionsController],
  providers: [Secret, SessionRegistry, Sessions, SessionGateway, WhoAsks],
  exports: [Sessions, WhoAsks],
})
export class SessionModule {}
