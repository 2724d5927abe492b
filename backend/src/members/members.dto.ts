import { IsEmail, IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { ACCESS, type Access, LIMITS, MEMBER_COLOURS, type SetAccess, type SetProfile } from '../contract/index.js';
import { CommandDto } from '../validation/command.dto.js';
import { NormalisedEmail, Sent, StoredLine } from '../validation/rules.js';

export class SetAccessDto extends CommandDto implements SetAccess {
  @IsEmail()
  @NormalisedEmail()
  readonly member: string;

  @IsIn(ACCESS)
  readonly access: Access;
}

export class SetProfileDto extends CommandDto implements SetProfile {
  @IsString()
  @MaxLength(LIMITS.memberName)
  @StoredLine(LIMITS.memberName)
  readonly name: string;

  @Sent()
  @IsInt()
  @Min(0)
  @Max(MEMBER_COLOURS - 1)
  readonly colour?: number;
}
