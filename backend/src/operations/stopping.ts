import { Injectable, type OnModuleDestroy } from '@nestjs/common';

/** Whether the server was asked to end: from then on it is not ready, though it still answers what it has accepted. */
@Injectable()
export class Stopping implements OnModuleDestroy {
  private hasBegun = false;

  get begun(): boolean {
    return this.hasBegun;
  }

  /** The first thing that Nest does at a stop. */
  onModuleDestroy(): void {
    this.hasBegun = true;
  }
}
