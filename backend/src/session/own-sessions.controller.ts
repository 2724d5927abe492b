import { Controller, Delete, Get, HttpCode, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { OwnSessions } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import { RefusalFilter } from '../errors/refusal.filter.js';
import { forgetToken } from './cookie.js';
import { OwnOrigin } from './own-origin.guard.js';
import { Sessions } from './sessions.js';
import { WhoAsks } from './who-asks.js';

/** Where somebody is identified, and the end of it, on this device or another. */
@Controller('api/sessions')
@UseFilters(RefusalFilter)
@UseGuards(OwnOrigin)
export class OwnSessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly whoAsks: WhoAsks,
  ) {}

  @Get()
  async list(@Req() request: Request): Promise<OwnSessions> {
    const { email, session } = await this.whoAsks.member(request);
    const sessions = this.sessions.of(email).map(([id, { device, since, seen }]) => {
      return { id, device, since, seen, isThis: id === session };
    });
    return { sessions };
  }

  @Delete()
  @HttpCode(204)
  async endAll(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const { email } = await this.whoAsks.member(request);
    await this.sessions.endAll(email);
    forgetToken(request, response);
  }

  @Delete(':id')
  @HttpCode(204)
  async end(@Param('id') id: string, @Req() request: Request): Promise<void> {
    const { email } = await this.whoAsks.member(request);
    if (!this.sessions.of(email).some(([own]) => own === id))
      throw new Refusal('NOT_FOUND', 'There is no such session.');
    await this.sessions.end(id);
  }
}
