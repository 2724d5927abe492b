import { IsEmail, Matches, MaxLength } from 'class-validator';
import { LIMITS } from '../contract/index.js';

export class IdentifyDto {
  @IsEmail()
  // RFC 5321 allows nearly anything between quotes, line breaks included; it is shown and written to chat.txt as it is.
  @Matches(/^[^\s\p{C}"]*$/u)
  @MaxLength(LIMITS.email)
  readonly email: string;
}
