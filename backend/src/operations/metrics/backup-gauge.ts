import { Injectable } from '@nestjs/common';
import { Gauge, type Registry } from 'prom-client';
import { Config } from '../../config.js';
import { StoredBackups } from '../admin/stored-backups.js';

/** ms */
const LOOK_EVERY = 60_000;

/** When the newest backup was made; looked up beside the scrapes, because the disk of the backups may be slow, or away. */
@Injectable()
export class BackupGauge {
  /** Seconds; 0 where there is no backup, NaN until that is known. */
  private newest = NaN;
  private lookedAt = -Infinity;

  constructor(
    private readonly config: Config,
    private readonly stored: StoredBackups,
  ) {}

  register(registry: Registry): void {
    if (!this.config.BACKUP_DIR) return;
    void this.look();
    const read = (): number => {
      if (performance.now() - this.lookedAt >= LOOK_EVERY) void this.look();
      return this.newest;
    };
    new Gauge({
      name: 'lonja_backup_newest_timestamp_seconds',
      help: 'When the newest whole backup in BACKUP_DIR was begun; 0 where there is none.',
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  }

  /** Never rejects. */
  private async look(): Promise<void> {
    this.lookedAt = performance.now();
    try {
      const { last } = await this.stored.look();
      this.newest = last ? Date.parse(last.at) / 1_000 : 0;
    } catch {
      // What cannot be read was there before, or counts as none.
      if (Number.isNaN(this.newest)) this.newest = 0;
    }
  }
}
