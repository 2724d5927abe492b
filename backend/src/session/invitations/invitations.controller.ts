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
import { RefusalFilter } from '../../errors/refusal.filter.js';
import { normaliseEmail } from '../../validation/email.js';
import { PayloadPipe } from '../../validation/payload.pipe.js';
import { Sent } from '../../validation/rules.js';
import { OwnOrigin } from '../own-origin.guard.js';
import { pageAddress } from '../page-address.js';
import { WhoAsks } from '../who-asks.js';
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
    private readonly who: WhoAsks,
  ) {}

  @Get()
  async list(@Req() request: Request): Promise<OpenInvitations> {
    await this.who.admin(request);
    return { invitations: this.invitations.open };
  }

  @Post()
  async make(@Body() { email }: InviteDto, @Req() request: Request): Promise<MadeInvitation> {
    const { email: by } = await this.who.admin(request);
    const made = await this.invitations.make(by, email === undefined ? undefined : normaliseEmail(email));
    const link = `${pageAddress(request)}/#${INVITATION_FRAGMENT}${made.token}`;
    return { id: made.id, link, expires: made.expires };
  }

  @Delete(':id')
  @HttpCode(204)
  async withdraw(@Param('id') id: string, @Req() request: Request): Promise<void> {
    const { email: by } = await this.who.admin(request);
    await this.invitations.withdraw(id, by);
  }
}
