import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/index.js';
import { ProductsModule } from '../products/products.module.js';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { FollowsFile } from './follows-file.js';
import { FollowsGateway } from './follows.gateway.js';
import { FollowsService } from './follows.service.js';

@Module({
  imports: [JournalModule, ProductsModule, RealtimeModule],
  providers: [FollowsFile, FollowsGateway, FollowsService],
})
export class FollowsModule {}
