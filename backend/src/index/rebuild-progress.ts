import { Logger } from '@nestjs/common';

/** Records that are indexed in a moment: nobody needs to hear of it. */
const FEW_RECORDS = 10_000;
const STEP_PERCENT = 10;

/** Logs how far a long rebuild has come. */
export class RebuildProgress {
  private readonly logger = new Logger('Index');
  private to = 0;
  private next = 0;

  constructor(private readonly name: string) {}

  begin(from: number, to: number): void {
    this.to = to - from > FEW_RECORDS ? to : 0;
    this.next = 0;
    this.reached(from);
  }

  reached(n: number): void {
    if (this.to === 0) return;
    const percent = Math.min(100, Math.floor((100 * n) / this.to));
    if (percent < this.next) return;
    this.logger.log(`${this.name}: ${percent} %`);
    this.next = percent - (percent % STEP_PERCENT) + STEP_PERCENT;
    if (percent === 100) this.to = 0;
  }
}
