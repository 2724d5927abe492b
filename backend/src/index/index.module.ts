import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/index.js';
import { IndexFollower } from './index-follower.js';
import { IndexGateway } from './index.gateway.js';
import { IndexService } from './index.service.js';

/** The read model: timelines, search, catch-up, and the board as of an instant. */
@Module({
  imports: [JournalModule],
  providers: [IndexFollower, IndexService, IndexGateway],
})
export class IndexModule {}
