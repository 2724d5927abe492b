import { Injectable } from '@nestjs/common';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Config } from '../../config.js';
import { PICTURES_FOLDER } from '../../pictures/pictures.service.js';

/** What SQLite keeps in the data folder, and beside it while it works. */
const INDEX_FILES = ['index.sqlite', 'index.sqlite-wal', 'index.sqlite-shm', 'index.sqlite-journal'];

interface Size {
  readonly bytes: number;
  readonly count: number;
}

/** What else there is in the data folder, beside the journal. */
@Injectable()
export class FolderSizes {
  constructor(private readonly config: Config) {}

  index(): Promise<Size> {
    return sizeOf(INDEX_FILES.map((name) => join(this.config.DATA_DIR, name)));
  }

  async pictures(): Promise<Size> {
    const folder = join(this.config.DATA_DIR, PICTURES_FOLDER);
    // There is none before the first picture.
    const names = await readdir(folder).catch(() => []);
    return sizeOf(names.map((name) => join(folder, name)));
  }
}

/** What is not there does not count: files come and go while they are looked at. */
async function sizeOf(paths: readonly string[]): Promise<Size> {
  let [bytes, count] = [0, 0];
  // One after the other: many at once would take the thread pool from those who store something.
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (!found) continue;
    bytes += found.size;
    count++;
  }
  return { bytes, count };
}
