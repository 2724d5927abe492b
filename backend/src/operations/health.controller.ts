import { Controller, Get, Header, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Liveness, Readiness } from '../contract/index.js';
import { Health } from './health.js';

/** For supervisors: whether the process runs, and whether it can do its work now. */
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('live')
  @Header('Cache-Control', 'no-store')
  live(): Liveness {
    return { status: 'ok' };
  }

  /** 200 when changes can be stored, 503 and why when not (reading continues). */
  @Get('ready')
  @Header('Cache-Control', 'no-store')
  async ready(@Res({ passthrough: true }) response: Response): Promise<Readiness> {
    const readiness = await this.health.readiness();
    if (readiness.status !== 'ok') response.status(503);
    return readiness;
  }
}
