import { type BeforeApplicationShutdown, Injectable, type OnModuleDestroy } from '@nestjs/common';

/** Whether the server was asked to end: from then on it is not ready, though it still answers what it has accepted. */
@Injectable()
export class Stopping implements OnModuleDestroy, BeforeApplicationShutdown {
  private hasBegun = false;

  get begun(): boolean {
    return this.hasBegun;
  }

  /** Says so before Nest gets to it: whoever orders the stop may need others to know first. */
  begin(): void {
    this.hasBegun = true;
  }

  onModuleDestroy(): void {
    this.begin();
  }

  beforeApplicationShutdown(): void {
    this.begin();
  }
}
