import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT, FatalError } from '../errors/exit-codes.js';
import { decode, encodeClosed, encodeHeader, HEADER_BYTES } from '../journal/file/codec.js';
import { syncFolder } from '../journal/file/folder.js';
import { JOURNAL_FILE, LogFile } from '../journal/file/log-file.js';
import { instantIn } from '../journal/file/record-lines.js';
import { RESTORING_FILE } from '../journal/file/traces.js';
import { scan, START } from '../journal/file/scan.js';
import { isThere } from './contents.js';
import type { Verified } from './verify-backup.js';

const STEP_BYTES = 4 << 20;

/** Up to which record, or up to which ISO instant in UTC, that included. */
export type Cut = { readonly n: number } | { readonly at: string };

/** How much of a journal is restored. */
interface Piece {
  readonly n: number;
  readonly newest: string;
  /** Bytes up to there. */
  readonly size: number;
}

/** The journal of a backup, or the beginning of it, under a new identity. It gets its name last; until `close` it is locked. */
export class RestoredJournal {
  readonly id = randomUUID();
  readonly n: number;
  /** The instant of the last record; '' where there is none. */
  readonly newest: string;

  private constructor(
    private readonly file: LogFile,
    private readonly folder: string,
    { n, newest }: Piece,
    /** Whether another restore, which was cut off, has left the name of its journal. */
    private readonly isLeftOver: boolean,
  ) {
    this.n = n;
    this.newest = newest;
  }

  /** Throws `FatalError` (78) where the backup has nothing up to there. */
  static async write(from: string, folder: string, found: Verified, upTo: Cut | undefined): Promise<RestoredJournal> {
    const source = await LogFile.view(join(from, JOURNAL_FILE));
    try {
      const piece = upTo ? await pieceOf(source, found, upTo) : found;
      const path = join(folder, RESTORING_FILE);
      const isLeftOver = await isThere(path);
      const journal = new RestoredJournal(await LogFile.open(path), folder, piece, isLeftOver);
      try {
        // Its name first: without it the folder is one in which a server would begin anew.
        await syncFolder(folder);
        await journal.fill(source, piece);
        return journal;
      } catch (error) {
        await journal.discard();
        await journal.close();
        throw error;
      }
    } finally {
      await source.close();
    }
  }

  /** Reads it back and gives it its name. When that resolves, the disk has everything. */
  async finish(): Promise<void> {
    let id = '';
    const { n, rest } = await scan(this.file, START, { header: (journal) => (id = journal), record: () => undefined });
    if (rest || n !== this.n || id !== this.id) {
      throw new FatalError(EXIT.io, 'The restored journal is not what was written. Nothing was restored.');
    }
    await syncFolder(this.folder);
    await rename(this.file.path, join(this.folder, JOURNAL_FILE));
    await syncFolder(this.folder);
  }

  /** Removes it, unless its name is all that keeps a server from beginning anew in what another restore has left. */
  async discard(): Promise<void> {
    if (!this.isLeftOver) await rm(this.file.path, { force: true });
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  /** The lines stay as they are, with their checksums, after another header. */
  private async fill(source: LogFile, { n, newest, size }: Piece): Promise<void> {
    const header = decode((await source.read(0, HEADER_BYTES)).subarray(0, -1));
    if (header.kind !== 'header') throw new FatalError(EXIT.damaged, `${source.path} has no header.`);
    if (this.isLeftOver) await this.file.truncate(0);
    await this.file.append(encodeHeader(this.id, header.at));
    for (let offset = HEADER_BYTES; offset < size;) {
      const bytes = await source.read(offset, Math.min(STEP_BYTES, size - offset));
      await this.file.append(bytes);
      offset += bytes.length;
    }
    // Nothing of it may be missing from now on.
    await this.file.append(encodeClosed(n, newest || header.at));
  }
}

async function pieceOf(source: LogFile, found: Verified, upTo: Cut): Promise<Piece> {
  if ('n' in upTo && upTo.n > found.n) {
    throw new FatalError(EXIT.configuration, `There is no record ${upTo.n}: the backup ends at record ${found.n}.`);
  }
  let piece: Piece | undefined;
  let newest = '';
  await scan(source, START, {
    header: () => undefined,
    record: ({ n }, bytes, offset) => {
      if (piece) return;
      const at = instantIn(bytes);
      const isBeyond = 'n' in upTo ? n > upTo.n : at > upTo.at;
      if (isBeyond) piece = { n: n - 1, newest, size: offset };
      newest = at;
    },
  });
  if (piece?.n === 0) {
    throw new FatalError(
      EXIT.configuration,
      'There is nothing up to that instant: all records of the backup are newer.',
    );
  }
  return piece ?? found;
}
