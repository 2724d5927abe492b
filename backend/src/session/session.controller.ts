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
import type { CookieOptions, Request, Response } from 'express';
import { Config } from '../config.js';
import type { Session } from '../contract/index.js';
import { PayloadPipe } from '../validation/payload.pipe.js';
import { RefusalFilter } from '../errors/refusal.filter.js';
import { SESSION_COOKIE, tokenIn } from './cookie.js';
import { OwnOrigin } from './own-origin.guard.js';
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
    private readonly config: Config,
  ) {}

  /** A page asks this when it opens: a member who comes back within 30 days stays identified. */
  @Get()
  async show(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<Session> {
    const token = tokenIn(request.headers.cookie);
    const [identity, renewed] = await Promise.all([this.sessions.identify(token), this.sessions.renew(token)]);
    if (renewed) setCookie(request, response, renewed);
    return this.answer(identity?.email ?? null);
  }

  @Post()
  @HttpCode(200)
  async open(
    @Body() { email }: IdentifyDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    const opened = await this.sessions.open(email);
    setCookie(request, response, opened.token);
    return this.answer(opened.email);
  }

  @Delete()
  @HttpCode(204)
  async leave(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const identity = await this.sessions.identify(tokenIn(request.headers.cookie));
    if (identity) this.sessions.leave(identity.session);
    response.clearCookie(SESSION_COOKIE, cookieOptions(request));
  }

  private answer(email: string | null): Session {
    const { CURRENCY: currency, FOREIGN_PICTURES: foreignPictures } = this.config;
    return { email, ...(currency && { currency }), ...(foreignPictures === 'hide' && { foreignPictures }) };
  }
}

function setCookie(request: Request, response: Response, token: string): void {
  response.cookie(SESSION_COOKIE, token, { ...cookieOptions(request), maxAge: SESSION_SECONDS * 1_000 });
}

/** `secure`: whether the request came by https, to the server itself or, as that says, to a proxy that the owner trusts. */
function cookieOptions({ secure }: Request): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure, path: '/' };
}
