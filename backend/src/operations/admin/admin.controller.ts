import { Controller, Get, Header, HttpCode, Post, Req, UseFilters, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import type { AdminStatus, BackupStatus } from '../../contract/index.js';
import { RefusalFilter } from '../../errors/refusal.filter.js';
import { Rates } from '../../rates/rates.js';
import { from } from '../../session/from.js';
import { OwnOrigin } from '../../session/own-origin.guard.js';
import { WhoAsks } from '../../session/who-asks.js';
import { AdminStatusReport } from './admin-status.js';
import { Backups } from './backups.js';

/** How the server is, for admins, and a backup when they want one. */
@Controller('api/admin')
@UseFilters(RefusalFilter)
@UseGuards(OwnOrigin)
export class AdminController {
  constructor(
    private readonly report: AdminStatusReport,
    private readonly backups: Backups,
    private readonly rates: Rates,
    private readonly whoAsks: WhoAsks,
  ) {}

  @Get('status')
  @Header('Cache-Control', 'no-store')
  async status(@Req() request: Request): Promise<AdminStatus> {
    const { email } = await this.whoAsks.admin(request);
    await this.rates.take('status', { email, ...from(request) });
    return this.report.at(new Date());
  }

  /** Answers when it has begun; the status says how it goes on. */
  @Post('backup')
  @HttpCode(202)
  @Header('Cache-Control', 'no-store')
  async backUp(@Req() request: Request): Promise<BackupStatus> {
    const { email } = await this.whoAsks.admin(request);
    await this.backups.begin({ email, ...from(request) });
    return this.backups.status();
  }
}
