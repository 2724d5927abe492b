import { Controller, Get, Req, UseFilters, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { Audit } from '../audit/audit.js';
import { type AuditPage, LIMITS } from '../contract/index.js';
import { RefusalFilter } from '../errors/refusal.filter.js';
import { OwnOrigin } from './own-origin.guard.js';
import { WhoAsks } from './who-asks.js';

/** What the audit has noted, for admins. */
@Controller('api/audit')
@UseFilters(RefusalFilter)
@UseGuards(OwnOrigin)
export class AuditController {
  constructor(
    private readonly audit: Audit,
    private readonly whoAsks: WhoAsks,
  ) {}

  @Get()
  async newest(@Req() request: Request): Promise<AuditPage> {
    await this.whoAsks.admin(request);
    return { lines: await this.audit.newest(LIMITS.auditLines) };
  }
}
