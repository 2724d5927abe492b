import { Controller, Delete, Get, HttpCode, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { OwnSessions } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import { RefusalFilter } from '../errors/refusal.filter.js';
import { forgetToken, tokenIn } from './cookie.js';
import { OwnOrigin } from './own-origin.guard.js';
import { type Identity, Sessions } from './sessions.js';

/** Where somebody is identified, and the end of it, on this device or another. */
@Controller('api/sessions')
@UseFilters(RefusalFilter)
@UseGuards(OwnOrigin)
export class OwnSessionsController {
  constructor(private readonly sessions: Sessions) {}

  @Get()
  async list(@Req() request: Request): Promise<OwnSessions> {
    const { email, session } = await this.whoAsks(request);
    const sessions = this.sessions.of(email).map(([id, { device, since, seen }]) => {
      return { id, device, since, seen, isThis: id === session };
    });
    return { sessions };
  }

  @Delete()
  @HttpCode(204)
  async endAll(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const { email } = await this.whoAsks(request);
    await this.sessions.endAll(email);
    forgetToken(request, response);
  }

  @Delete(':id')
  @HttpCode(204)
  async end(@Param('id') id: string, @Req() request: Request): Promise<void> {
    const { email } = await this.whoAsks(request);
    if (!this.sessions.of(email).some(([own]) => own === id))
      throw new Refusal('NOT_FOUND', 'There is no such session.');
    await this.sessions.end(id);
  }

  private async whoAsks(request: Request): Promise<Identity> {
    const identity = await this.sessions.identify(tokenIn(request.headers.cookie));
    if (!identity) throw new Refusal('UNIDENTIFIED', 'Identify first.');
    return identity;
  }
}
