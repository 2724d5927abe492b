import {
  Body,
  Controller,
  Get,
  HttpCode,
  Logger,
  Post,
  Req,
  Res,
  UseFilters,
  UseGuards,
  UsePipes,
} from '@nestjs/common';
import { IsString, Matches } from 'class-validator';
import type { Request, Response } from 'express';
import { Config } from '../../config.js';
import { SIGN_IN_FRAGMENT, type SignInBegun, type SignInFailure } from '../../contract/index.js';
import { describeError } from '../../errors/describe-error.js';
import { Refusal } from '../../errors/refusal.js';
import { RefusalFilter } from '../../errors/refusal.filter.js';
import { PayloadPipe } from '../../validation/payload.pipe.js';
import { Sent } from '../../validation/rules.js';
import { keepToken, signingInBrowser } from '../cookie.js';
import { from } from '../from.js';
import { OwnOrigin } from '../own-origin.guard.js';
import { pageAddress } from '../page-address.js';
import { SESSION_SECONDS, Sessions } from '../sessions.js';
import { OidcService } from './oidc.service.js';
import { SIGN_IN_SECONDS } from './pending-sign-ins.js';
import { SignInFailed } from './sign-in-failed.js';

class BeginSignInDto {
  @Sent()
  @IsString()
  @Matches(/^[\w-]{43}$/)
  readonly invitation?: string;
}

/** Where somebody goes to the company's identity provider, and comes back. It leads to this page only, whatever the query says. */
@Controller('api/session/oidc')
@UseFilters(RefusalFilter)
@UseGuards(OwnOrigin)
@UsePipes(PayloadPipe)
export class OidcController {
  private readonly logger = new Logger(OidcController.name);

  constructor(
    private readonly oidc: OidcService,
    private readonly sessions: Sessions,
    private readonly config: Config,
  ) {}

  /** For the page: the token of an invitation stands in no address, and so in no log. */
  @Post()
  @HttpCode(200)
  async begin(
    @Body() { invitation }: BeginSignInDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignInBegun> {
    try {
      return { location: await this.go(request, response, invitation) };
    } catch (error) {
      throw error instanceof SignInFailed ? refusalOf(error) : error;
    }
  }

  /** For links, such as those in the provider's own list of applications. */
  @Get()
  async visit(@Req() request: Request, @Res() response: Response): Promise<void> {
    this.check();
    await this.toThePage(response, async () => response.redirect(302, await this.go(request, response)));
  }

  @Get('callback')
  async comeBack(@Req() request: Request, @Res() response: Response): Promise<void> {
    this.check();
    await this.toThePage(response, async () => {
      const { search: query } = new URL(request.originalUrl, pageAddress(request));
      const browser = signingInBrowser.in(request.headers.cookie);
      const email = await this.oidc.finish({ browser, state: request.query['state'], query }, from(request));
      const { token } = await this.sessions.open(email, from(request));
      keepToken(request, response, token, SESSION_SECONDS);
      signingInBrowser.forget(request, response);
      response.redirect(303, '/');
    });
  }

  /** Lets the browser keep what belongs to this sign-in; to where it goes. */
  private async go(request: Request, response: Response, invitation?: string): Promise<string> {
    this.check();
    const { browser, location } = await this.oidc.begin(pageAddress(request), invitation, from(request));
    signingInBrowser.keep(request, response, browser, SIGN_IN_SECONDS);
    return location;
  }

  /** Whoever sees this is a browser between two pages: whatever goes wrong, it comes to the page with the reason. */
  private async toThePage(response: Response, attempt: () => Promise<void>): Promise<void> {
    try {
      await attempt();
    } catch (error) {
      if (!(error instanceof SignInFailed || error instanceof Refusal))
        this.logger.error(`A sign-in failed: ${describeError(error)}`);
      const failure: SignInFailure = error instanceof SignInFailed ? error.failure : 'failed';
      response.redirect(303, `/#${SIGN_IN_FRAGMENT}${failure}`);
    }
  }

  private check(): void {
    if (this.config.AUTH !== 'oidc') throw new Refusal('FORBIDDEN', 'Nobody enters by an identity provider here.');
  }
}

function refusalOf({ failure }: SignInFailed): Refusal {
  const code = failure === 'later' ? 'RATE_LIMITED' : 'INTERNAL';
  return new Refusal(code, 'The identity provider cannot be asked now.', [{ field: 'provider', rule: failure }]);
}
