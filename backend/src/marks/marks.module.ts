import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/index.js';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { MarksFile } from './marks-file.js';
import { MarksGateway } from './marks.gateway.js';
import { MarksService } from './marks.service.js';

@Module({
  imports: [JournalModule, RealtimeModule],
  providers: [MarksFile, MarksGateway, MarksService],
})
export class MarksModule {}
