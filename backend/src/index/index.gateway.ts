import { ConnectedSocket, MessageBody } from '@nestjs/websockets';
import type {
  BoardAt,
  CatchUp,
  ProductsThen,
  ProductTimelinePage,
  SearchPage,
  UnreadAbout,
} from '../contract/index.js';
import { Member, On, RealtimeGateway } from '../realtime/realtime-gateway.js';
import type { RealtimeSocket } from '../realtime/socket.js';
import { BoardAtDto, CatchUpDto, ProductsThenDto, ProductTimelineDto, SearchDto, UnreadAboutDto } from './index.dto.js';
import { IndexService } from './index.service.js';

@RealtimeGateway()
export class IndexGateway {
  constructor(private readonly index: IndexService) {}

  @On('product:timeline')
  timeline(@MessageBody() request: ProductTimelineDto): Promise<ProductTimelinePage> {
    return this.index.timeline(request);
  }

  @On('product:then')
  productsThen(@MessageBody() request: ProductsThenDto): Promise<ProductsThen> {
    return this.index.ask('product:then', request);
  }

  @On('product:unread')
  unread(@MessageBody() request: UnreadAboutDto, @Member() member: string): Promise<UnreadAbout> {
    return this.index.ask('product:unread', request, member);
  }

  @On('search')
  search(@MessageBody() request: SearchDto): Promise<SearchPage> {
    return this.index.search(request);
  }

  /** A visitor is nobody who could be mentioned. */
  @On('catch-up')
  catchUp(@MessageBody() request: CatchUpDto, @ConnectedSocket() { data }: RealtimeSocket): Promise<CatchUp> {
    return this.index.ask('catch-up', request, data.email);
  }

  @On('board:at')
  boardAt(@MessageBody() request: BoardAtDto): Promise<BoardAt> {
    return this.index.ask('board:at', request);
  }
}
