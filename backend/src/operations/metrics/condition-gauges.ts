import { Injectable } from '@nestjs/common';
import { Gauge, type Registry } from 'prom-client';
import { DiskSpace, type Space } from '../disk-space.js';
import { Health } from '../health.js';
import { BackupGauge } from './backup-gauge.js';

/**
 * Whether the server is ready, how much room it has, and when its newest backup was made. Each gauge asks for itself: all are collected at
 * the same time, and one that another sets would be a scrape behind.
 */
@Injectable()
export class ConditionGauges {
  constructor(
    private readonly health: Health,
    private readonly disk: DiskSpace,
    private readonly backup: BackupGauge,
  ) {}

  register(registry: Registry): void {
    this.readiness(registry);
    this.backup.register(registry);
    this.space(registry, 'free', 'What the server may still write to the file system of the data folder.');
    this.space(registry, 'size', 'Size of the file system of the data folder.');
  }

  private readiness(registry: Registry): void {
    const { health } = this;
    new Gauge({
      name: 'lonja_ready',
      help: 'Whether changes can be stored now: 1, or 0 where /health/ready says why.',
      registers: [registry],
      async collect() {
        this.set((await health.readiness()).status === 'ok' ? 1 : 0);
      },
    });
    new Gauge({
      name: 'lonja_check_ok',
      help: 'What /health/ready looks at: 1 where it is well.',
      labelNames: ['check'],
      registers: [registry],
      async collect() {
        const { checks } = await health.readiness();
        for (const [check, result] of Object.entries(checks)) this.set({ check }, result === 'ok' ? 1 : 0);
      },
    });
  }

  private space(registry: Registry, which: keyof Space, help: string): void {
    const { disk } = this;
    new Gauge({
      name: `lonja_disk_${which}_bytes`,
      help,
      registers: [registry],
      async collect() {
        // Not 0 where the file system does not say: an alarm compares with it.
        this.set((await disk.now())?.[which] ?? NaN);
      },
    });
  }
}
