import { IsUUID } from 'class-validator';
import { Sent } from './rules.js';

/** What every command carries. */
export class CommandDto {
  @IsUUID()
  readonly id: string;

  @Sent()
  @IsUUID()
  readonly after?: string;
}
