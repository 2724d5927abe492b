import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import type { RecordReader } from '../record-store.js';

/** How far a follower that keeps a file has come. */
export interface FileCursor {
  /** The identity of the history. */
  readonly journal: string;
  /** The number of the last record that the file has, and the id of its command; 0 and '' where it has none. */
  readonly n: number;
  readonly command: string;
  /** What the file consists of then. */
  readonly bytes: number;
  readonly crc: number;
  /** The CRC-32 of what it was before, where the file is replaced whole: until that has happened it is still so. */
  readonly crcBefore?: number;
}

/** The cursor of a follower, in a file beside the one that it keeps: `chat.txt.cursor`. */
export class CursorFile {
  constructor(private readonly path: string) {}

  /** The cursor, if it is one of these records; undefined where it is missing, unreadable, or of another history. */
  async read(records: RecordReader): Promise<FileCursor | undefined> {
    const cursor = await this.stored();
    if (!cursor) return undefined;
    const { journal, n, command } = cursor;
    if (journal !== records.id || !(n >= 0 && n <= records.last)) return undefined;
    if (n === 0) return cursor;
    const [record] = await records.read(n, n);
    return record?.id === command ? cursor : undefined;
  }

  private async stored(): Promise<FileCursor | undefined> {
    try {
      return JSON.parse(await readFile(this.path, 'utf8')) as FileCursor;
    } catch {
      // What is not there, cannot be read or is not JSON proves nothing.
      return undefined;
    }
  }

  /** Not synced: what a power failure takes of it is found out by the checksum. */
  async write(cursor: FileCursor): Promise<void> {
    await writeFileAtomic(this.path, JSON.stringify(cursor), { mode: 0o600, fsync: false });
  }
}
