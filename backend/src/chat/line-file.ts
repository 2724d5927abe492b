import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 0x0a;

/** How far a file of lines goes: so many, in so many bytes. */
export interface Extent {
  readonly lines: number;
  readonly bytes: number;
}

const NOTHING: Extent = { lines: 0, bytes: 0 };

/** A text file of whole lines that only grows. */
export class LineFile {
  /** What is known to be there. */
  extent = NOTHING;
  private handle: FileHandle | undefined;

  constructor(private readonly path: string) {}

  /**
   * Opens or makes it (mode 0600), cuts off a last line that is not whole, and counts the lines: those behind what is known
   * of it, if it still goes that far.
   */
  async open(): Promise<number> {
    await this.close();
    this.handle = await open(this.path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o600);
    let { lines, bytes: whole } = (await this.isAsKnown(this.handle)) ? this.extent : NOTHING;
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let offset = whole; ;) {
      const { bytesRead } = await this.handle.read(buffer, 0, CHUNK_BYTES, offset);
      if (bytesRead === 0) break;
      const chunk = buffer.subarray(0, bytesRead);
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, end + 1)) {
        lines++;
        whole = offset + end + 1;
      }
      offset += bytesRead;
    }
    await this.handle.truncate(whole);
    this.extent = { lines, bytes: whole };
    return lines;
  }

  async clear(): Promise<void> {
    this.extent = NOTHING;
    await this.handle?.truncate(0);
  }

  async append(lines: readonly string[]): Promise<void> {
    if (lines.length === 0 || !this.handle) return;
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    await this.handle.appendFile(bytes);
    this.extent = { lines: this.extent.lines + lines.length, bytes: this.extent.bytes + bytes.length };
  }

  async close(): Promise<void> {
    await this.handle?.close();
    this.handle = undefined;
  }

  /** Whether a line still ends where the known ones do. */
  private async isAsKnown(handle: FileHandle): Promise<boolean> {
    const { bytes } = this.extent;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, bytes - 1));
    return bytesRead === 1 && buffer[0] === NEWLINE;
  }
}
