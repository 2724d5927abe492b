import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/index.js';
import { SessionModule } from '../session/session.module.js';
import { PersonalDataController } from './personal-data.controller.js';
import { PersonalDataService } from './personal-data.service.js';

@Module({
  imports: [JournalModule, SessionModule],
  controllers: [PersonalDataController],
  providers: [PersonalDataService],
})
export class PersonalDataModule {}
