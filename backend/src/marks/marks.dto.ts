import { IsIn } from 'class-validator';
import type { MarkKind, SetMark } from '../contract/index.js';
import { RecordNumber, Sent } from '../validation/rules.js';

const KINDS: readonly MarkKind[] = ['messages', 'visit'];

export class SetMarkDto implements SetMark {
  @RecordNumber()
  readonly n: number;

  @Sent()
  @IsIn(KINDS)
  readonly of?: MarkKind;
}
