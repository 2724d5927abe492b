import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/index.js';
import { FeedGateway } from './feed.gateway.js';
import { Feed } from './feed.js';
import { OpenSockets } from './open-sockets.js';
import { PresenceGateway } from './presence.gateway.js';
import { Presence } from './presence.js';

@Module({
  imports: [JournalModule],
  providers: [Feed, FeedGateway, OpenSockets, Presence, PresenceGateway],
  exports: [Feed, OpenSockets, Presence],
})
export class RealtimeModule {}
