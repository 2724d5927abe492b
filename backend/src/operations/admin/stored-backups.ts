import { Injectable } from '@nestjs/common';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { backupsIn, restorableManifestIn } from '../../backup/contents.js';
import { Config } from '../../config.js';
import type { LastBackup } from '../../contract/index.js';

/** What the folder of backups has, whoever made them. */
@Injectable()
export class StoredBackups {
  /** A backup never changes. */
  private known: LastBackup | undefined;

  constructor(private readonly config: Config) {}

  /** Throws what the system says when the folder cannot be read; one that is not there yet has none. */
  async look(): Promise<{ readonly last?: LastBackup; readonly count: number }> {
    const names = await backupsIn(this.config.BACKUP_DIR);
    this.known = await this.newest(names);
    return { count: names.length, ...(this.known && { last: this.known }) };
  }

  private async newest(names: readonly string[]): Promise<LastBackup | undefined> {
    for (const name of names.toReversed()) {
      if (name === this.known?.name) return this.known;
      const folder = join(this.config.BACKUP_DIR, name);
      const manifest = await restorableManifestIn(folder);
      if (manifest) return { at: manifest.at, name, bytes: await sizeOf(folder), n: manifest.n };
    }
    return undefined;
  }
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  // One after the other: many at once would take the thread pool from those who store something.
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return bytes;
}
