import { IsEmail, IsString, Matches, MaxLength } from 'class-validator';
import { LIMITS } from '../contract/index.js';
import { Sent } from '../validation/rules.js';

export class EmailDto {
  @IsEmail()
  // RFC 5321 allows nearly anything between quotes, line breaks included; it is shown and written to chat.txt as it is.
  @Matches(/^[^\s\p{C}"]*$/u)
  @MaxLength(LIMITS.email)
  readonly email: string;
}

export class IdentifyDto extends EmailDto {
  /** Where the e-mail is proven by one. */
  @Sent()
  @IsString()
  @Matches(/^\d{4} ?\d{4}$/)
  readonly code?: string;
}
