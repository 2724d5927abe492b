import { Injectable } from '@nestjs/common';
import { type AdminStatus, VERSION } from '../../contract/index.js';
import { Health } from '../health.js';
import { Backups } from './backups.js';
import { DataReport } from './data-report.js';
import { PeopleReport } from './people-report.js';

const STARTED = new Date(performance.timeOrigin).toISOString();

/** How the server is, put together for admins. */
@Injectable()
export class AdminStatusReport {
  constructor(
    private readonly health: Health,
    private readonly data: DataReport,
    private readonly people: PeopleReport,
    private readonly backups: Backups,
  ) {}

  async at(now: Date): Promise<AdminStatus> {
    return {
      at: now.toISOString(),
      version: VERSION,
      started: STARTED,
      health: await this.health.readiness(),
      ...this.people.now,
      backup: await this.backups.status(),
      ...(await this.data.at(now)),
    };
  }
}
