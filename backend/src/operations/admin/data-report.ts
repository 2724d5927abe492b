import { Injectable } from '@nestjs/common';
import type { AdminStatus, FollowerStatus } from '../../contract/index.js';
import { Journal } from '../../journal/index.js';
import { DiskSpace } from '../disk-space.js';
import { FolderSizes } from './folder-sizes.js';
import { Growth } from './growth.js';

type DataStatus = Pick<AdminStatus, 'sizes' | 'growth' | 'followers'>;

/** How much there is, how it grows, and who follows. */
@Injectable()
export class DataReport {
  constructor(
    private readonly journal: Journal,
    private readonly disk: DiskSpace,
    private readonly folder: FolderSizes,
    private readonly growth: Growth,
  ) {}

  async at(now: Date): Promise<DataStatus> {
    return { sizes: await this.sizes(), growth: await this.growth.until(now), followers: this.followers() };
  }

  private async sizes(): Promise<DataStatus['sizes']> {
    const { condition, last: records } = this.journal;
    const disk = await this.disk.now();
    return {
      journal: { bytes: condition.bytes, records },
      index: (await this.folder.index()).bytes,
      pictures: await this.folder.pictures(),
      ...(disk && { disk }),
    };
  }

  private followers(): readonly FollowerStatus[] {
    const { condition, last } = this.journal;
    return condition.followers.map((place) => ({ ...place, lag: Math.max(0, last - place.n) }));
  }
}
