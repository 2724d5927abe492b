import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

const CHUNK_BYTES = 1 << 20;

/** The beginning of a file: so many bytes, of that CRC-32. */
export interface Extent {
  readonly bytes: number;
  readonly crc: number;
}

export const NOTHING: Extent = { bytes: 0, crc: 0 };

/** What an extent is with more bytes after it. */
export function extended({ bytes, crc }: Extent, more: Buffer): Extent {
  return { bytes: bytes + more.length, crc: crc32(more, crc) };
}

/** A text file of whole lines that only grows. */
export class LineFile {
  private constructor(private readonly handle: FileHandle) {}

  /** Opens or makes it (mode 0600). */
  static async open(path: string): Promise<LineFile> {
    return new LineFile(await open(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o600));
  }

  /** Whether it begins with exactly that. */
  async beginsWith({ bytes, crc }: Extent): Promise<boolean> {
    let found = 0;
    for (let offset = 0; offset < bytes;) {
      const chunk = await this.read(offset, Math.min(CHUNK_BYTES, bytes - offset));
      if (chunk.length === 0) return false;
      found = crc32(chunk, found);
      offset += chunk.length;
    }
    return found === crc;
  }

  /** Whether these bytes stand at that place. */
  async has(bytes: Buffer, offset: number): Promise<boolean> {
    return (await this.read(offset, bytes.length)).equals(bytes);
  }

  /** Everything from a place on. */
  async rest(offset: number): Promise<Buffer> {
    return this.read(offset, Math.max(0, (await this.handle.stat()).size - offset));
  }

  async cut(size: number): Promise<void> {
    await this.handle.truncate(size);
  }

  async append(bytes: Buffer): Promise<void> {
    await this.handle.appendFile(bytes);
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private async read(offset: number, length: number): Promise<Buffer> {
    const { buffer, bytesRead } = await this.handle.read(Buffer.alloc(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  }
}
