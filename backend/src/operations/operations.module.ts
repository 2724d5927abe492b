import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/index.js';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { DiskSpace } from './disk-space.js';
import { EventLoopDelay } from './event-loop-delay.js';
import { HealthController } from './health.controller.js';
import { Health } from './health.js';
import { ConditionGauges } from './metrics/condition-gauges.js';
import { Gauges } from './metrics/gauges.js';
import { MetricsServer } from './metrics/metrics-server.js';
import { OpenConnections } from './open-connections.js';
import { Stopping } from './stopping.js';

@Module({
  imports: [JournalModule, RealtimeModule],
  controllers: [HealthController],
  providers: [ConditionGauges, DiskSpace, EventLoopDelay, Gauges, Health, MetricsServer, OpenConnections, Stopping],
})
export class OperationsModule {}
