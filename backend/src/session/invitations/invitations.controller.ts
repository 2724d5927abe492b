import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Req,
  UseFilters,
  UseGuards,
  UsePipes,
} from '@nestjs/common';
import { IsEmail, Matches, MaxLength } from 'class-validator';
import type { Request } from 'express';
import { INVITATION_FRAGMENT, LIMITS, type MadeInvitation, type OpenInvitations } from '../../contract/index.js';
import { Refusal } from '../../errors/refusal.js';
import { RefusalFilter } from '../../errors/refusal.filter.js';
import { MembersService } from '../../members/members.service.js';
import { normaliseEmail } from '../../validation/email.js';
import { PayloadPipe } from '../../validation/payload.pipe.js';
import { Sent } from '../../validation/rules.js';
import { tokenIn } from '../cookie.js';
import { OwnOrigin } from '../own-origin.guard.js';
import { pageAddress } from '../page-address.js';
import { Sessions } from '../sessions.js';
import { Invitations } from './invitations.js';

class InviteDto {
  @Sent()
  @IsEmail()
  @Matches(/^[^\s\p{C}"]*$/u)
  @MaxLength(LIMITS.email)
  readonly email?: string;
}

/** Where admins invite. */
@Controller('api/invitations')
@UseFilters(RefusalFilter)
@UseGuards(OwnOrigin)
@UsePipes(PayloadPipe)
export class InvitationsController {
  constructor(
    private readonly invitations: Invitations,
    private readonly sessions: Sessions,
    private readonly members: MembersService,
  ) {}

  @Get()
  async list(@Req() request: Request): Promise<OpenInvitations> {
    await this.adminOf(request);
    return { invitations: this.invitations.open };
  }

  @Post()
  async make(@Body() { email }: InviteDto, @Req() request: Request): Promise<MadeInvitation> {
    const by = await this.adminOf(request);
    const made = await this.invitations.make(by, email === undefined ? undefined : normaliseEmail(email));
    const link = `${pageAddress(request)}/#${INVITATION_FRAGMENT}${made.token}`;
    return { id: made.id, link, expires: made.expires };
  }

  @Delete(':id')
  @HttpCode(204)
  async withdraw(@Param('id') id: string, @Req() request: Request): Promise<void> {
    await this.invitations.withdraw(id, await this.adminOf(request));
  }

  private async adminOf(request: Request): Promise<string> {
    const identity = await this.sessions.identify(tokenIn(request.headers.cookie));
    if (!identity) throw new Refusal('UNIDENTIFIED', 'Identify first.');
    if (!this.members.isAdmin(identity.email)) throw new Refusal('FORBIDDEN', 'Only admins invite.');
    return identity.email;
  }
}
