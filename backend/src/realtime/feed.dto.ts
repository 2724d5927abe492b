import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsObject, IsString, Max, MaxLength, Min, ValidateIf, ValidateNested } from 'class-validator';
import { type Cursor, LIMITS, type Payload } from '../contract/index.js';
import { Sent } from '../validation/rules.js';

class CursorDto implements Cursor {
  @IsString()
  @MaxLength(100)
  readonly journal: string;

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly n: number;

  @Sent()
  @IsString()
  @MaxLength(100)
  readonly command?: string;
}

export class JoinFeedDto implements Payload<'feed:join'> {
  @ValidateIf(({ cursor }: JoinFeedDto) => cursor !== null)
  @IsObject()
  @ValidateNested()
  @Type(() => CursorDto)
  readonly cursor: CursorDto | null;

  @Sent()
  @IsBoolean()
  readonly pages?: boolean;

  @Sent()
  @IsInt()
  @Min(1)
  @Max(LIMITS.productsPage)
  readonly firstProducts?: number;
}
