import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Journal } from '../journal/index.js';

/** For supervisors: whether the process runs, and whether it can do its work now. */
@Controller('health')
export class HealthController {
  constructor(private readonly journal: Journal) {}

  @Get('live')
  live(): { readonly status: 'ok' } {
    return { status: 'ok' };
  }

  /** 200 when commands can be stored, 503 when not (reading continues). */
  @Get('ready')
  ready(@Res({ passthrough: true }) response: Response): { readonly status: 'ok' | 'refusing' } {
    if (this.journal.ready) return { status: 'ok' };
    response.status(503);
    return { status: 'refusing' };
  }
}
