import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, Max, Min, ValidateNested } from 'class-validator';
import {
  LIMITS,
  type ProductsThenRequest,
  type ProductTimelineRequest,
  type UnreadAboutRequest,
} from '../contract/index.js';
import { Place, RecordNumber, Sent } from '../validation/rules.js';

export class ProductTimelineDto implements ProductTimelineRequest {
  @RecordNumber()
  readonly product: number;

  @Sent()
  @RecordNumber()
  readonly before?: number;

  @Sent()
  @Place()
  readonly after?: number;

  @IsInt()
  @Min(1)
  @Max(LIMITS.timelinePage)
  readonly limit: number;

  @Sent()
  @IsIn(['messages', 'changes'])
  readonly only?: 'messages' | 'changes';
}

class ProductThenDto {
  @RecordNumber()
  readonly product: number;

  @RecordNumber()
  readonly n: number;
}

export class ProductsThenDto implements ProductsThenRequest {
  @IsArray()
  @ArrayMaxSize(LIMITS.productsThen)
  @ValidateNested({ each: true })
  @Type(() => ProductThenDto)
  readonly of: readonly ProductThenDto[];
}

export class UnreadAboutDto implements UnreadAboutRequest {
  @Place()
  readonly after: number;
}
