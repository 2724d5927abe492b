import { IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
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
import { isRecordNumber, Place, RecordNumber, rule, Sent } from '../validation/rules.js';

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

/** As one rule: checked one by one by the library, a hundred of them would hold everybody up for some milliseconds. */
const ProductsAtRecords = (limit: number) =>
  rule(
    'isProductsAtRecords',
    (value) => Array.isArray(value) && value.length <= limit && value.every(isProductAtRecord),
  );

function isProductAtRecord(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 2) return false;
  return 'product' in value && 'n' in value && [value.product, value.n].every(isRecordNumber);
}

export class ProductsThenDto implements ProductsThenRequest {
  @ProductsAtRecords(LIMITS.productsThen)
  readonly of: ProductsThenRequest['of'];
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
