import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Post,
  Req,
  Res,
  UseFilters,
  UseGuards,
  UsePipes,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { Config } from '../config.js';
import type { Session } from '../contract/index.js';
import { MembersService } from '../members/members.service.js';
import { PayloadPipe } from '../validation/payload.pipe.js';
import { RefusalFilter } from '../errors/refusal.filter.js';
import { askingBrowser, forgetToken, keepToken, tokenIn } from './cookie.js';
import { from } from './from.js';
import { OwnOrigin } from './own-origin.guard.js';
import { ProvenEmail } from './proven-email.js';
import { IdentifyDto } from './session.dto.js';
import { SESSION_SECONDS, Sessions } from './sessions.js';

/** Who somebody is, over HTTP, because only an HTTP answer can set a cookie that scripts cannot read. */
@Controller('api/session')
@UseFilters(RefusalFilter)
@UseGuards(OwnOrigin)
@UsePipes(PayloadPipe)
export class SessionController {
  constructor(
    private readonly sessions: Sessions,
    private readonly members: MembersService,
    private readonly proven: ProvenEmail,
    private readonly config: Config,
  ) {}

  /** A page asks this when it opens: a member who comes back within 30 days stays identified. */
  @Get()
  async show(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<Session> {
    const token = tokenIn(request.headers.cookie);
    const [identity, renewed] = await Promise.all([this.sessions.identify(token), this.sessions.renew(token)]);
    if (renewed) keepToken(request, response, renewed, SESSION_SECONDS);
    return this.answer(identity?.email ?? null);
  }

  @Post()
  @HttpCode(200)
  async open(
    @Body() identify: IdentifyDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    const email = await this.proven.of(identify, request);
    const opened = await this.sessions.open(email, from(request));
    keepToken(request, response, opened.token, SESSION_SECONDS);
    if (this.config.AUTH === 'code') askingBrowser.forget(request, response);
    return this.answer(opened.email);
  }

  @Delete()
  @HttpCode(204)
  async leave(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const identity = await this.sessions.identify(tokenIn(request.headers.cookie));
    if (identity) await this.sessions.end(identity.session);
    forgetToken(request, response);
  }

  private answer(email: string | null): Session {
    const { CURRENCY: currency, AUTH: proof, FOREIGN_PICTURES: foreignPictures } = this.config;
    const role = email === null ? undefined : this.members.roleOf(email);
    const hidden = foreignPictures === 'hide' && { foreignPictures };
    return { email, proof, ...(role && { role }), ...(currency && { currency }), ...hidden };
  }
}
