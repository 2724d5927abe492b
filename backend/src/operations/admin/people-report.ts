import { Injectable } from '@nestjs/common';
import type { AdminStatus } from '../../contract/index.js';
import { MembersService } from '../../members/members.service.js';
import { Sessions } from '../../session/sessions.js';

/** How many may come in, and how many browsers are in. */
@Injectable()
export class PeopleReport {
  constructor(
    private readonly members: MembersService,
    private readonly sessions: Sessions,
  ) {}

  get now(): AdminStatus['people'] {
    const { emails: identified } = this.sessions;
    const roles = [...new Set([...identified, ...this.members.emails])].map((email) => this.members.roleOf(email));
    return {
      members: roles.filter((role) => role !== undefined).length,
      admins: roles.filter((role) => role === 'admin').length,
      sessions: identified.length,
    };
  }
}
