import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import {
  type Follow,
  type FollowTarget,
  isStoredLine,
  LIMITS,
  type SeeAlerts,
  type SetFollow,
} from '../contract/index.js';
import { RecordNumber, rule, Sent } from '../validation/rules.js';

/** A product or a category, and nothing else. */
const IsTarget = () =>
  rule('isTarget', (value) => {
    if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return false;
    if ('product' in value) return Number.isSafeInteger(value.product) && Number(value.product) >= 1;
    if (!('category' in value) || typeof value.category !== 'string') return false;
    return value.category.trim() !== '' && value.category.length <= LIMITS.category && isStoredLine(value.category);
  });

class FollowDto implements Follow {
  @IsTarget()
  readonly on: FollowTarget;

  @Sent()
  @IsInt()
  @Min(1)
  @Max(LIMITS.stock)
  readonly stockBelow?: number;

  @Sent()
  @IsBoolean()
  readonly price?: boolean;

  @Sent()
  @IsBoolean()
  readonly mentions?: boolean;
}

export class SetFollowDto implements SetFollow {
  @IsObject()
  @ValidateNested()
  @Type(() => FollowDto)
  readonly follow: FollowDto;
}

export class SeeAlertsDto implements SeeAlerts {
  @RecordNumber()
  readonly n: number;
}
