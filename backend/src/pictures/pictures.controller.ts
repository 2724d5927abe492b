import { Controller, Get, HttpException, Param, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { isStoredPicture, LIMITS, PICTURE_TYPES, type StoredPicture } from '../contract/index.js';
import { codeOf } from '../errors/exit-codes.js';
import { Refusal } from '../errors/refusal.js';
import { RefusalFilter } from '../errors/refusal.filter.js';
import { networkOf } from '../rates/network.js';
import { Rates } from '../rates/rates.js';
import { OwnOrigin } from '../session/own-origin.guard.js';
import { WhoAsks } from '../session/who-asks.js';
import { PicturesService } from './pictures.service.js';
import { bodyOf } from './upload-body.js';
import { UploadSlots } from './upload-slots.js';

const ONE_YEAR_MS = 365 * 24 * 60 * 60 * 1_000;

/** A picture that is opened as a page of its own may load and run nothing. Browsers centre it with a style of their own. */
const HARMLESS = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Pictures of products, over HTTP, so that browsers can cache them. */
@Controller()
@UseFilters(RefusalFilter)
export class PicturesController {
  private readonly slots = new UploadSlots();

  constructor(
    private readonly pictures: PicturesService,
    private readonly whoAsks: WhoAsks,
    private readonly rates: Rates,
  ) {}

  /** Stores the picture of a member; answers when it is on the disk. */
  @Post('api/pictures')
  @UseGuards(OwnOrigin)
  async add(@Req() request: Request): Promise<StoredPicture> {
    const { email } = await this.whoAsks.writer(request);
    await this.rates.take('upload', { email, network: networkOf(request.ip) });
    if (!request.is(Object.keys(PICTURE_TYPES))) {
      throw new Refusal('INVALID', 'The Content-Type must be that of a JPEG, a PNG or a WebP.');
    }
    return this.slots.run(email, async () => this.pictures.store(await bodyOf(request, LIMITS.pictureBytes)));
  }

  /** One picture. Its name is a hash of its content, so it can be cached for ever. */
  @Get('pictures/:name')
  async show(@Param('name') name: string, @Req() request: Request, @Res() response: Response): Promise<undefined> {
    if (!isStoredPicture(`/pictures/${name}`)) throw new HttpException('', 404);
    await this.whoAsks.reader(request);
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const headers = { 'Content-Security-Policy': HARMLESS };
    const options = { root: this.pictures.folder, maxAge: ONE_YEAR_MS, immutable: true, headers };
    response.sendFile(name, options, (error?: Error & { readonly status?: number }) => {
      // Whoever asked is gone.
      if (!error || codeOf(error) === 'ECONNABORTED') resolve(undefined);
      else reject(error.status === undefined ? error : new HttpException('', error.status));
    });
    return promise;
  }
}
