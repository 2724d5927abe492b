import type { SetMark } from '../contract/index.js';
import { RecordNumber } from '../validation/rules.js';

export class SetMarkDto implements SetMark {
  @RecordNumber()
  readonly n: number;
}
