import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';

/** A file that is written once, from its beginning to its end (mode 0600). */
export class NewFile {
  private readonly hash = createHash('sha256');
  private size = 0;

  private constructor(private readonly handle: FileHandle) {}

  /** Throws `EEXIST` for one that is there. */
  static async create(path: string): Promise<NewFile> {
    return new NewFile(await open(path, 'wx', 0o600));
  }

  /** Writes all of it, or throws: fewer bytes than asked is how a full disk shows first. */
  async write(bytes: Buffer): Promise<void> {
    const { bytesWritten } = await this.handle.write(bytes, 0, bytes.length, this.size);
    if (bytesWritten !== bytes.length) throw Object.assign(new Error('there is no space'), { code: 'ENOSPC' });
    this.hash.update(bytes);
    this.size += bytes.length;
  }

  /** Resolves with the SHA-256 (hexadecimal) of what was written, when the disk has it. */
  async finish(): Promise<string> {
    await this.handle.sync();
    return this.hash.digest('hex');
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}

/** Writes and syncs a new file; resolves with its SHA-256 (hexadecimal). */
export async function writeNewFile(path: string, bytes: Buffer): Promise<string> {
  const file = await NewFile.create(path);
  try {
    if (bytes.length > 0) await file.write(bytes);
    return await file.finish();
  } finally {
    await file.close();
  }
}
