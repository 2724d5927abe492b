import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Config } from '../config.js';
import { Refusal } from '../errors/refusal.js';
import { MembersService } from '../members/members.service.js';
import { tokenIn } from './cookie.js';
import { type Identity, Sessions } from './sessions.js';

/** Who asks over HTTP, and whether that member may. */
@Injectable()
export class WhoAsks {
  constructor(
    private readonly sessions: Sessions,
    private readonly members: MembersService,
    private readonly config: Config,
  ) {}

  /** Throws `UNIDENTIFIED` for a visitor. */
  async member(request: Request): Promise<Identity> {
    const identity = await this.sessions.identify(tokenIn(request.headers.cookie));
    if (!identity) throw new Refusal('UNIDENTIFIED', 'Identify first.');
    return identity;
  }

  /** Throws `UNIDENTIFIED` for a visitor where these may not read. */
  async reader(request: Request): Promise<void> {
    if (this.config.AUTH !== 'open') await this.member(request);
  }

  /** Throws `UNIDENTIFIED` for a visitor, `FORBIDDEN` for somebody who may only read. */
  async writer(request: Request): Promise<Identity> {
    const identity = await this.member(request);
    this.members.requireWriter(identity.email);
    return identity;
  }

  /** Throws `UNIDENTIFIED` for a visitor, `FORBIDDEN` for somebody who is no admin. */
  async admin(request: Request): Promise<Identity> {
    const identity = await this.member(request);
    if (!this.members.isAdmin(identity.email)) throw new Refusal('FORBIDDEN', 'Only admins may do that.');
    return identity;
  }
}
