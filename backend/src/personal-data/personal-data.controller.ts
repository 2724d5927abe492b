import { Controller, Get, Req, Res, StreamableFile, UseFilters, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Readable } from 'node:stream';
import { RefusalFilter } from '../errors/refusal.filter.js';
import { from } from '../session/from.js';
import { OwnOrigin } from '../session/own-origin.guard.js';
import { WhoAsks } from '../session/who-asks.js';
import { PersonalDataService } from './personal-data.service.js';

/** The own data of whoever asks, as a file to keep. */
@Controller('api/session/data')
@UseFilters(RefusalFilter)
@UseGuards(OwnOrigin)
export class PersonalDataController {
  constructor(
    private readonly data: PersonalDataService,
    private readonly whoAsks: WhoAsks,
  ) {}

  @Get()
  async download(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<StreamableFile> {
    const { email } = await this.whoAsks.member(request);
    const pieces = await this.data.export({ email, ...from(request) });
    response.attachment(`lonja-${email}.json`).set('Cache-Control', 'no-store');
    return new StreamableFile(Readable.from(pieces, { objectMode: false }), {
      type: 'application/json; charset=utf-8',
    });
  }
}
