import { Injectable } from '@nestjs/common';
import { statfs } from 'node:fs/promises';
import { Config } from '../config.js';

/** Of the file system of the data folder, in bytes. */
export interface Space {
  /** What this process may still write. */
  readonly free: number;
  readonly size: number;
}

/** How much room the data folder has. */
@Injectable()
export class DiskSpace {
  constructor(private readonly config: Config) {}

  /** Undefined where the file system does not say. */
  async now(): Promise<Space | undefined> {
    try {
      const { bavail, blocks, bsize } = await statfs(this.config.DATA_DIR);
      // Some file systems of a network know no blocks; theirs are full only when a write says so.
      return blocks > 0 ? { free: bavail * bsize, size: blocks * bsize } : undefined;
    } catch {
      // Whether the folder can be written to is the journal's to find out.
      return undefined;
    }
  }
}
