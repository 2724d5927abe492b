import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { fileTypeFromBuffer } from 'file-type';
import { hash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Config } from '../config.js';
import { LIMITS, PICTURE_TYPES, type StoredPicture } from '../contract/index.js';
import { codeOf, isOutOfSpace } from '../errors/exit-codes.js';
import { Refusal, requireRoom } from '../errors/refusal.js';
import { makeFolder, replaceFile, UNFINISHED } from '../journal/index.js';

/** In the data folder. */
export const PICTURES_FOLDER = 'pictures';

/** The pictures that members have posted, each a file named after its content: the same bytes are kept once. */
@Injectable()
export class PicturesService implements OnApplicationBootstrap {
  readonly folder: string;
  /** The names of those that there are. What the owner removes meanwhile counts until the next start. */
  private readonly kept = new Set<string>();

  constructor({ DATA_DIR }: Config) {
    this.folder = join(DATA_DIR, PICTURES_FOLDER);
  }

  /** Removes unfinished uploads of a process that was killed. No other server uses the folder: the journal is locked by now. */
  async onApplicationBootstrap(): Promise<void> {
    for (const name of await this.names()) {
      if (name.endsWith(UNFINISHED)) await rm(join(this.folder, name));
      else this.kept.add(name);
    }
  }

  /**
   * Resolves when the picture is on the disk. Throws a `Refusal`: `INVALID` when it is not one of `PICTURE_TYPES`,
   * `STORAGE_FULL`.
   */
  async store(bytes: Buffer): Promise<StoredPicture> {
    const name = `${hash('sha256', bytes)}.${await endingOf(bytes)}`;
    if (!this.kept.has(name)) requireRoom('pictures', this.kept.size, LIMITS.pictures);
    this.kept.add(name);
    try {
      await makeFolder(this.folder);
      // Also when it exists: its name may not be synced yet, and its new time protects it from being removed as an orphan.
      await replaceFile(join(this.folder, name), bytes);
    } catch (error) {
      this.kept.delete(name);
      if (!isOutOfSpace(error)) throw error;
      throw new Refusal('STORAGE_FULL', 'The disk of the server is full. The picture was not stored.');
    }
    return { link: `/pictures/${name}` };
  }

  private async names(): Promise<string[]> {
    try {
      return await readdir(this.folder);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  }
}

/** How the name of such a picture ends: by its content, whatever its sender says that it is. */
async function endingOf(bytes: Buffer): Promise<string> {
  const { mime } = (await fileTypeFromBuffer(bytes)) ?? {};
  const [, ending] = Object.entries(PICTURE_TYPES).find(([type]) => type === mime) ?? [];
  if (!ending) throw new Refusal('INVALID', 'A picture must be a JPEG, a PNG or a WebP.');
  return ending;
}
