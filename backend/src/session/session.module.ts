import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/index.js';
import { MembersModule } from '../members/members.module.js';
import { CodesController } from './code/codes.controller.js';
import { CodesService } from './code/codes.service.js';
import { Mailer } from './code/mailer.js';
import { Invitations } from './invitations/invitations.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { IdentityProvider } from './oidc/identity-provider.js';
import { OidcController } from './oidc/oidc.controller.js';
import { OidcService } from './oidc/oidc.service.js';
import { AuditController } from './audit.controller.js';
import { AuditTrail } from './audit-trail.js';
import { OwnSessionsController } from './own-sessions.controller.js';
import { ProvenEmail } from './proven-email.js';
import { Secret } from './secret.js';
import { SessionController } from './session.controller.js';
import { SessionGateway } from './session.gateway.js';
import { SessionRegistry } from './session-registry.js';
import { Sessions } from './sessions.js';
import { WhoAsks } from './who-asks.js';

@Module({
  imports: [JournalModule, MembersModule],
  controllers: [
    SessionController,
    CodesController,
    OidcController,
    InvitationsController,
    OwnSessionsController,
    AuditController,
  ],
  providers: [
    Secret,
    SessionRegistry,
    Sessions,
    SessionGateway,
    WhoAsks,
    AuditTrail,
    Mailer,
    Invitations,
    CodesService,
    ProvenEmail,
    IdentityProvider,
    OidcService,
  ],
  exports: [Sessions, WhoAsks],
})
export class SessionModule {}
