import { MessageBody } from '@nestjs/websockets';
import type { Data, PackedPage, ProductHistoryPage, ProductsPage, Stored } from '../contract/index.js';
import { Member, On, RealtimeGateway } from '../realtime/realtime-gateway.js';
import {
  AddProductDto,
  ChangeProductDto,
  MoveStockDto,
  ProductHistoryDto,
  ProductsPageDto,
  RemoveProductDto,
  RestoreProductDto,
} from './products.dto.js';
import { pack } from './packed-page.js';
import { ProductsService } from './products.service.js';

@RealtimeGateway()
export class ProductsGateway {
  constructor(private readonly products: ProductsService) {}

  @On('product:add')
  add(@MessageBody() command: AddProductDto, @Member() by: string): Promise<Data<'product:add'>> {
    return this.products.add(command, by);
  }

  @On('product:change')
  change(@MessageBody() command: ChangeProductDto, @Member() by: string): Promise<Stored> {
    return this.products.change(command, by);
  }

  @On('product:remove')
  remove(@MessageBody() command: RemoveProductDto, @Member() by: string): Promise<Stored> {
    return this.products.remove(command, by);
  }

  @On('product:restore')
  restore(@MessageBody() command: RestoreProductDto, @Member() by: string): Promise<Data<'product:restore'>> {
    return this.products.restore(command, by);
  }

  @On('products:page')
  async page(@MessageBody() request: ProductsPageDto): Promise<ProductsPage | PackedPage> {
    const page = this.products.page(request);
    return request.packed ? pack(page) : page;
  }

  @On('stock:move')
  move(@MessageBody() command: MoveStockDto, @Member() by: string): Promise<Data<'stock:move'>> {
    return this.products.move(command, by);
  }

  @On('product:history')
  history(@MessageBody() request: ProductHistoryDto): Promise<ProductHistoryPage> {
    return this.products.history(request);
  }
}
