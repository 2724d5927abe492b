import { Injectable } from '@nestjs/common';
import type { AdminStatus } from '../../contract/index.js';
import { MembersService } from '../../members/members.service.js';
import { OpenSockets } from '../../realtime/open-sockets.js';
import { Presence } from '../../realtime/presence.js';
import { Sessions } from '../../session/sessions.js';

/** How many may come in, how many browsers are identified, and who is there now. */
@Injectable()
export class PeopleReport {
  constructor(
    private readonly members: MembersService,
    private readonly sessions: Sessions,
    private readonly presence: Presence,
    private readonly sockets: OpenSockets,
  ) {}

  get now(): Pick<AdminStatus, 'online' | 'people'> {
    const { emails: identified } = this.sessions;
    const roles = [...new Set([...identified, ...this.members.emails])].map((email) => this.members.roleOf(email));
    return {
      online: { ...this.presence.counts, sockets: this.sockets.count },
      people: {
        members: roles.filter((role) => role !== undefined).length,
        admins: roles.filter((role) => role === 'admin').length,
        sessions: identified.length,
      },
    };
  }
}
