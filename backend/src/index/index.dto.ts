import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsString, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import {
  type BoardAtRequest,
  type CatchUpRequest,
  isTimeZone,
  LIMITS,
  type Moment,
  type ProductsThenRequest,
  type ProductTimelineRequest,
  type SearchRequest,
  type UnreadAboutRequest,
} from '../contract/index.js';
import { Place, RecordNumber, rule, Sent } from '../validation/rules.js';

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

export class SearchDto implements SearchRequest {
  @IsString()
  @MaxLength(LIMITS.query)
  readonly query: string;

  @Sent()
  @rule('isTimeZone', (value) => typeof value === 'string' && isTimeZone(value))
  readonly zone?: string;

  @Sent()
  @RecordNumber()
  readonly before?: number;

  @IsInt()
  @Min(1)
  @Max(LIMITS.searchPage)
  readonly limit: number;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** One of both, and nothing else. */
const IsMoment = () =>
  rule('isMoment', (value) => {
    if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return false;
    if ('n' in value) return Number.isSafeInteger(value.n) && Number(value.n) >= 0;
    return 'at' in value && typeof value.at === 'string' && INSTANT.test(value.at) && !isNaN(Date.parse(value.at));
  });

export class CatchUpDto implements CatchUpRequest {
  @IsMoment()
  readonly from: Moment;

  @Sent()
  @IsMoment()
  readonly to?: Moment;
}

export class BoardAtDto implements BoardAtRequest {
  @IsMoment()
  readonly at: Moment;

  @Place()
  readonly after: number;

  @IsInt()
  @Min(1)
  @Max(LIMITS.productsPage)
  readonly limit: number;
}
