import { Logger } from '@nestjs/common';
import { ConnectedSocket, MessageBody, type OnGatewayInit } from '@nestjs/websockets';
import type { Resumed, Snapshot } from '../contract/index.js';
import { withOwn } from './encode-once.js';
import { JoinFeedDto } from './feed.dto.js';
import { Feed } from './feed.js';
import { joins } from './measured.js';
import { OpenSockets } from './open-sockets.js';
import { On, RealtimeGateway } from './realtime-gateway.js';
import { FEED_ROOM, type RealtimeServer, type RealtimeSocket } from './socket.js';

@RealtimeGateway()
export class FeedGateway implements OnGatewayInit<RealtimeServer> {
  private readonly logger = new Logger(FeedGateway.name);

  constructor(
    private readonly feed: Feed,
    private readonly sockets: OpenSockets,
  ) {}

  afterInit(server: RealtimeServer): void {
    this.sockets.of(server);
    this.feed.packets.subscribe((records) => server.to(FEED_ROOM).emit('feed', { records }));
  }

  @On('feed:join')
  async join(
    @MessageBody() { cursor, pages = false, firstProducts }: JoinFeedDto,
    @ConnectedSocket() socket: RealtimeSocket,
  ): Promise<Resumed | Snapshot> {
    // Live packets come after the last page, also for who has joined before. Not when a page is answered: a later join of this
    // socket may have been answered by then.
    if (pages) void socket.leave(FEED_ROOM);
    const recognised = await this.feed.recognised(cursor);
    const page = pages ? await this.feed.page(recognised) : undefined;
    const answer = page ?? this.feed.join(recognised, { firstProducts });
    // In the turn in which the answer was made: nothing falls between it and the first live packet.
    if (!page) void socket.join(FEED_ROOM);
    joins.next(page ? 'page' : answer.mode);
    if (cursor) this.logReturn(socket, cursor.n, answer);
    return withOwn(answer, this.feed.own(socket.data.email));
  }

  private logReturn({ id, data }: RealtimeSocket, from: number, { mode, n }: Resumed | Snapshot): void {
    this.logger.log(`${data.email ?? 'A visitor'} reconnected: ${mode} from ${from} to ${n}`, {
      ...{ event: 'reconnected', by: data.email, socket: id, mode, from, to: n },
    });
  }
}
