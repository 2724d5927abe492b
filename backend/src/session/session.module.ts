import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/index.js';
import { MembersModule } from '../members/members.module.js';
import { CodesController } from './code/codes.controller.js';
import { CodesService } from './code/codes.service.js';
import { Mailer } from './code/mailer.js';
import { Invitations } from './invitations/invitations.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { OwnSessionsController } from './own-sessions.controller.js';
import { Secret } from './secret.js';
import { SessionController } from './session.controller.js';
import { SessionGateway } from './session.gateway.js';
import { SessionRegistry } from './session-registry.js';
import { Sessions } from './sessions.js';

@Module({
  imports: [JournalModule, MembersModule],
  controllers: [SessionController, CodesController, InvitationsController, OwnSessionsController],
  providers: [Secret, SessionRegistry, Sessions, SessionGateway, Mailer, Invitations, CodesService],
  exports: [Sessions],
})
export class SessionModule {}
