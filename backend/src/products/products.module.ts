import { Module } from '@nestjs/common';
import { JournalModule } from '../journal/index.js';
import { RealtimeModule } from '../realtime/realtime.module.js';
import { ProductsFile } from './products-file.js';
import { ProductsGateway } from './products.gateway.js';
import { ProductsService } from './products.service.js';

@Module({
  imports: [JournalModule, RealtimeModule],
  providers: [ProductsService, ProductsGateway, ProductsFile],
  exports: [ProductsService],
})
export class ProductsModule {}
