import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { MembersService } from '../members/members.service.js';
import { Sessions } from './sessions.js';

/** Notes in the audit who came and went, and who changed who may. */
@Injectable()
export class AuditTrail {
  constructor(audit: Audit, sessions: Sessions, members: MembersService) {
    sessions.opens.subscribe(({ email: by, network, device }) => audit.note({ event: 'entered', by, network, device }));
    sessions.ends.subscribe(({ email: by, session: detail }) => audit.note({ event: 'session-ended', by, detail }));
    members.accessChanges.subscribe(({ by, member: about, access: detail }) =>
      audit.note({ event: 'access-set', by, about, detail }),
    );
  }
}
