import { Type } from 'class-transformer';
import { IsObject, IsUUID, ValidateNested } from 'class-validator';
import { type CommandHead, LIMITS, type Reference } from '../contract/index.js';
import { CommandIds, RecordNumber, Sent } from './rules.js';

class ReferenceDto implements Reference {
  @RecordNumber()
  readonly n: number;

  @IsUUID()
  readonly command: string;
}

/** What every command carries. */
export class CommandDto implements CommandHead {
  @IsUUID()
  readonly id: string;

  @Sent()
  @IsUUID()
  readonly after?: string;

  @Sent()
  @CommandIds(LIMITS.precedes)
  readonly precedes?: readonly string[];

  @Sent()
  @IsObject()
  @ValidateNested()
  @Type(() => ReferenceDto)
  readonly refers?: ReferenceDto;
}
