import { Controller, Get, Header, Req, UseFilters, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import type { AdminStatus } from '../../contract/index.js';
import { RefusalFilter } from '../../errors/refusal.filter.js';
import { OwnOrigin } from '../../session/own-origin.guard.js';
import { WhoAsks } from '../../session/who-asks.js';
import { AdminStatusReport } from './admin-status.js';

/** How the server is, for admins. */
@Controller('api/admin')
@UseFilters(RefusalFilter)
@UseGuards(OwnOrigin)
export class AdminController {
  constructor(
    private readonly report: AdminStatusReport,
    private readonly whoAsks: WhoAsks,
  ) {}

  @Get('status')
  @Header('Cache-Control', 'no-store')
  async status(@Req() request: Request): Promise<AdminStatus> {
    await this.whoAsks.admin(request);
    return this.report.at(new Date());
  }
}
