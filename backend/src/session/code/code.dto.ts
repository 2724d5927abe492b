import { IsString, Matches } from 'class-validator';
import { Sent } from '../../validation/rules.js';
import { EmailDto } from '../session.dto.js';

export class AskCodeDto extends EmailDto {
  @Sent()
  @IsString()
  @Matches(/^[\w-]{43}$/)
  readonly invitation?: string;
}
