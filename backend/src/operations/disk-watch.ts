import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DiskSpace } from './disk-space.js';
import { MIN_FREE_BYTES } from './health.js';

const LOOK_EVERY_MS = 10_000;
/** From here on there is room again: a disk that stands at the limit is not a line for each look. */
const ROOM_BYTES = 1.5 * MIN_FREE_BYTES;
const MIB = 1_024 * 1_024;

/** Says in the log when hardly any space is left, and when there is room again: once each, at the start, too. */
@Injectable()
export class DiskWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Disk');
  private timer: NodeJS.Timeout | undefined;
  private isLow = false;

  constructor(private readonly disk: DiskSpace) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.look();
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** One look, which the timer does. Never rejects. */
  async look(): Promise<void> {
    const { free } = (await this.disk.now()) ?? {};
    if (free === undefined) return;
    const isLow = free < (this.isLow ? ROOM_BYTES : MIN_FREE_BYTES);
    if (isLow === this.isLow) return;
    this.isLow = isLow;
    const left = `(${Math.floor(free / MIB)} MiB)`;
    if (isLow) {
      const sentence = `Hardly any space is left on the disk of the data folder ${left}: free some before changes are refused.`;
      this.logger.warn(sentence, { event: 'disk-low', free });
    } else this.logger.log(`There is room on the disk of the data folder again ${left}.`, { event: 'disk-room', free });
  }
}
