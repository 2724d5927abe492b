import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/index.js';
import { HealthController } from './health.controller.js';
import { OpenConnections } from './open-connections.js';

@Module({ imports: [JournalModule], controllers: [HealthController], providers: [OpenConnections] })
export class OperationsModule {}
