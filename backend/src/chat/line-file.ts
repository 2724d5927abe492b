import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 0x0a;

/** A text file of whole lines that only grows. */
export class LineFile {
  private handle: FileHandle | undefined;

  constructor(private readonly path: string) {}

  /** Opens or makes it (mode 0600), cuts off a last line that is not whole, and counts the lines. */
  async open(): Promise<number> {
    await this.close();
    this.handle = await open(this.path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, 0o600);
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let lines = 0;
    let whole = 0;
    for (let offset = 0; ;) {
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
    return lines;
  }

  async clear(): Promise<void> {
    await this.handle?.truncate(0);
  }

  async append(lines: readonly string[]): Promise<void> {
    if (lines.length > 0) await this.handle?.appendFile(lines.map((line) => `${line}\n`).join(''));
  }

  async close(): Promise<void> {
    await this.handle?.close();
    this.handle = undefined;
  }
}
