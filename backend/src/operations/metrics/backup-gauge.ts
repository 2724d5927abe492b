import { Injectable } from '@nestjs/common';
import { Gauge, type Registry } from 'prom-client';
import { Config } from '../../config.js';
import { StoredBackups } from '../admin/stored-backups.js';

const LOOK_EVERY_MS = 60_000;

/** When the newest backup was made. A scrape gets what is known and waits for no disk: that of the backups may be slow, or not there. */
@Injectable()
export class BackupGauge {
  /** Seconds; 0 where there is no backup, NaN until that is known. */
  private newest = NaN;
  /** ms, as `performance.now()`. */
  private nextLook = 0;

  constructor(
    private readonly config: Config,
    private readonly stored: StoredBackups,
  ) {}

  register(registry: Registry): void {
    if (!this.config.BACKUP_DIR) return;
    void this.look();
    const read = (): number => {
      if (performance.now() >= this.nextLook) void this.look();
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
    // One at a time: on a disk that does not answer each would keep one of the few threads that the journal needs, too.
    this.nextLook = Infinity;
    try {
      const { last } = await this.stored.look();
      this.newest = last ? Date.parse(last.at) / 1_000 : 0;
    } catch {
      // The folder cannot be read: what was known of it stays, and if that is nothing, nobody can restore a backup from there.
      if (Number.isNaN(this.newest)) this.newest = 0;
    } finally {
      this.nextLook = performance.now() + LOOK_EVERY_MS;
    }
  }
}
