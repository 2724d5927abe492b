import { MessageBody } from '@nestjs/websockets';
import type { ProductsThen, ProductTimelinePage, UnreadAbout } from '../contract/index.js';
import { Member, On, RealtimeGateway } from '../realtime/realtime-gateway.js';
import { ProductsThenDto, ProductTimelineDto, UnreadAboutDto } from './index.dto.js';
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
}
