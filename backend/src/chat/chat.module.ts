import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/index.js';
import { MembersModule } from '../members/members.module.js';
import { ProductsModule } from '../products/products.module.js';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { ChatGateway } from './chat.gateway.js';
import { ChatService } from './chat.service.js';
import { Transcript } from './transcript.js';

@Module({
  imports: [JournalModule, RealtimeModule, MembersModule, ProductsModule],
  providers: [ChatService, ChatGateway, Transcript],
  exports: [ChatService],
})
export class ChatModule {}
