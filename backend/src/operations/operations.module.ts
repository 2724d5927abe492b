import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/index.js';
import { MembersModule } from '../members/members.module.js';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { SessionModule } from '../session/session.module.js';
import { AdminController } from './admin/admin.controller.js';
import { AdminStatusReport } from './admin/admin-status.js';
import { Backups } from './admin/backups.js';
import { DataReport } from './admin/data-report.js';
import { FolderSizes } from './admin/folder-sizes.js';
import { Growth } from './admin/growth.js';
import { PeopleReport } from './admin/people-report.js';
import { StoredBackups } from './admin/stored-backups.js';
import { DiskSpace } from './disk-space.js';
import { DiskWatch } from './disk-watch.js';
import { EventLoopDelay } from './event-loop-delay.js';
import { HealthController } from './health.controller.js';
import { Health } from './health.js';
import { BackupGauge } from './metrics/backup-gauge.js';
import { ConditionGauges } from './metrics/condition-gauges.js';
import { Gauges } from './metrics/gauges.js';
import { MetricsServer } from './metrics/metrics-server.js';
import { OpenConnections } from './open-connections.js';
import { Stopping } from './stopping.js';

@Module({
  imports: [JournalModule, MembersModule, RealtimeModule, SessionModule],
  controllers: [HealthController, AdminController],
  providers: [
    AdminStatusReport,
    BackupGauge,
    Backups,
    ConditionGauges,
    DataReport,
    DiskSpace,
    DiskWatch,
    EventLoopDelay,
    FolderSizes,
    Gauges,
    Growth,
    Health,
    MetricsServer,
    OpenConnections,
    PeopleReport,
    Stopping,
    StoredBackups,
  ],
})
export class OperationsModule {}
