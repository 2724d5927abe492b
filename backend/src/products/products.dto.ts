import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsNotEmptyObject, IsUUID, Max, Min, NotEquals, ValidateNested } from 'class-validator';
import type {
  AddProduct,
  ChangeProduct,
  MoveStock,
  ProductFields,
  ProductHistoryRequest,
  ProductsRequest,
  RemoveProduct,
  RestoreProduct,
} from '../contract/index.js';
import { LIMITS } from '../contract/index.js';
import { CommandDto } from '../validation/command.dto.js';
import { CommandIds, RecordNumber, Sent } from '../validation/rules.js';
import { Line, Pieces, Price, Text, Thumbnail, Title } from './product-rules.js';

class OptionalFieldsDto {
  @Sent()
  @Thumbnail()
  readonly thumbnail?: string;

  @Sent()
  @Text(LIMITS.description)
  readonly description?: string;

  @Sent()
  @Line(LIMITS.code)
  readonly code?: string;

  @Sent()
  @Line(LIMITS.category)
  readonly category?: string;

  @Sent()
  @Pieces(LIMITS.lowStock)
  readonly lowStock?: number;
}

export class AddProductDto extends OptionalFieldsDto implements AddProduct {
  @IsUUID()
  readonly id: string;

  @Sent()
  @IsUUID()
  readonly after?: string;

  @Title()
  readonly title: string;

  @Price()
  readonly price: number;

  @Sent()
  @Pieces(LIMITS.stock)
  readonly stock?: number;
}

class ChangedFieldsDto extends OptionalFieldsDto implements Partial<ProductFields> {
  @Sent()
  @Title()
  readonly title?: string;

  @Sent()
  @Price()
  readonly price?: number;
}

export class ChangeProductDto extends CommandDto implements ChangeProduct {
  @RecordNumber()
  readonly product: number;

  @RecordNumber()
  readonly base: number;

  @Sent()
  @CommandIds(LIMITS.baseCommands)
  readonly baseCommands?: readonly string[];

  @IsNotEmptyObject({ nullable: false })
  @ValidateNested()
  @Type(() => ChangedFieldsDto)
  readonly fields: ChangedFieldsDto;
}

export class RemoveProductDto extends CommandDto implements RemoveProduct {
  @RecordNumber()
  readonly product: number;

  @Sent()
  @RecordNumber()
  readonly base?: number;

  @Sent()
  @CommandIds(LIMITS.baseCommands)
  readonly baseCommands?: readonly string[];
}

export class RestoreProductDto extends CommandDto implements RestoreProduct {
  @RecordNumber()
  readonly product: number;
}

export class MoveStockDto extends CommandDto implements MoveStock {
  @RecordNumber()
  readonly product: number;

  @IsInt()
  @NotEquals(0)
  @Min(-LIMITS.stock)
  @Max(LIMITS.stock)
  readonly delta: number;

  @Sent()
  @Text(LIMITS.note)
  readonly note?: string;
}

export class ProductHistoryDto implements ProductHistoryRequest {
  @RecordNumber()
  readonly product: number;

  @Sent()
  @RecordNumber()
  readonly before?: number;

  @IsInt()
  @Min(1)
  @Max(LIMITS.productHistoryPage)
  readonly limit: number;
}

export class ProductsPageDto implements ProductsRequest {
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly after: number;

  @Sent()
  @IsInt()
  @Min(1)
  @Max(LIMITS.productsPage)
  readonly limit?: number;

  @Sent()
  @IsBoolean()
  readonly packed?: boolean;
}
