import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Config } from '../config.js';
import { Refusal } from '../errors/refusal.js';
import { networkOf } from '../rates/network.js';
import { Rates } from '../rates/rates.js';
import { invalid } from '../validation/payload.pipe.js';
import { placeOf } from './code/codes.controller.js';
import { CodesService } from './code/codes.service.js';
import type { IdentifyDto } from './session.dto.js';

/** Whose e-mail it is, as far as this server wants it proven. */
@Injectable()
export class ProvenEmail {
  constructor(
    private readonly codes: CodesService,
    private readonly rates: Rates,
    private readonly config: Config,
  ) {}

  /** The e-mail of who wants to come in; throws a refusal where it is not proven. */
  async of({ email, code }: IdentifyDto, request: Request): Promise<string> {
    await this.rates.take('identify', { network: networkOf(request.ip) });
    if (this.config.AUTH === 'open') return email;
    if (this.config.AUTH === 'oidc') throw new Refusal('FORBIDDEN', 'Here an identity provider proves the e-mail.');
    if (code === undefined) throw invalid([{ field: 'code', rule: 'isDefined' }]);
    return this.codes.enter(email, code, placeOf(request));
  }
}
