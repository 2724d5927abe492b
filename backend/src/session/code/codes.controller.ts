import { Body, Controller, HttpCode, Post, Req, Res, UseFilters, UseGuards, UsePipes } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Config } from '../../config.js';
import { CODE, type CodeAsked, deviceOf } from '../../contract/index.js';
import { Refusal } from '../../errors/refusal.js';
import { RefusalFilter } from '../../errors/refusal.filter.js';

import { wideNetworkOf } from '../../rates/network.js';
import { PayloadPipe } from '../../validation/payload.pipe.js';
import { askingBrowser } from '../cookie.js';
import { OwnOrigin } from '../own-origin.guard.js';
import { pageAddress } from '../page-address.js';
import { AskCodeDto } from './code.dto.js';
import { MAIL_LANGUAGES, type MailLanguage } from './code-mail.js';
import { CodesService } from './codes.service.js';

/** Where somebody asks for a code. It is entered where sessions are opened. */
@Controller('api/session/code')
@UseFilters(RefusalFilter)
@UseGuards(OwnOrigin)
@UsePipes(PayloadPipe)
export class CodesController {
  constructor(
    private readonly codes: CodesService,
    private readonly config: Config,
  ) {}

  @Post()
  @HttpCode(202)
  async ask(
    @Body() { email, invitation }: AskCodeDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CodeAsked> {
    if (this.config.AUTH !== 'code') throw new Refusal('FORBIDDEN', 'Nobody enters by a code here.');
    const { browser, deliver } = await this.codes.ask(email, invitation, placeOf(request));
    askingBrowser.keep(request, response, browser, CODE.seconds);
    const { 'user-agent': agent = '' } = request.headers;
    const about = { language: languageOf(request), page: pageAddress(request), device: deviceName(agent) };
    // Also emitted when the answer has been sent whole.
    response.once('close', () => deliver(about));
    return { seconds: CODE.seconds };
  }
}

/** Where a request comes from. */
export function placeOf(request: Request): { network: string; browser: string | undefined } {
  return { network: wideNetworkOf(request.ip), browser: askingBrowser.in(request.headers.cookie) };
}

function languageOf(request: Request): MailLanguage {
  return (request.acceptsLanguages([...MAIL_LANGUAGES]) || 'es') as MailLanguage;
}

/** Such as `Chrome, Windows`; undefined for one that is not known. */
function deviceName(userAgent: string): string | undefined {
  const { browser, system } = deviceOf(userAgent);
  return [browser, system].filter(Boolean).join(', ') || undefined;
}
