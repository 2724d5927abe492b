import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/index.js';
import { MembersModule } from '../members/members.module.js';
import { AuditController } from './audit.controller.js';
import { AuditTrail } from './audit-trail.js';
import { OwnSessionsController } from './own-sessions.controller.js';
import { Secret } from './secret.js';
import { SessionController } from './session.controller.js';
import { SessionGateway } from './session.gateway.js';
import { SessionRegistry } from './session-registry.js';
import { Sessions } from './sessions.js';
import { WhoAsks } from './who-asks.js';

@Module({
  imports: [JournalModule, MembersModule],
  controllers: [SessionController, OwnSessionsController, AuditController],
  providers: [Secret, SessionRegistry, Sessions, SessionGateway, WhoAsks, AuditTrail],
  exports: [Sessions, WhoAsks],
})
export class SessionModule {}
