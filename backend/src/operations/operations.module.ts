import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/index.js';
import { HealthController } from './health.controller.js';

@Module({ imports: [JournalModule], controllers: [HealthController] })
export class OperationsModule {}
