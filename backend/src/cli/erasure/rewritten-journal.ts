import { randomUUID } from 'node:crypto';
import { chown, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EXIT, FatalError, isOutOfSpace } from '../../errors/exit-codes.js';
import { encodeClosed, encodeHeader, encodeRecords, type Line } from '../../journal/file/codec.js';
import { syncFolder } from '../../journal/file/folder.js';
import { LogFile } from '../../journal/file/log-file.js';
import { scan, START } from '../../journal/file/scan.js';
import type { Erasure } from '../../personal-data/erasure.js';
import { linesIn, recordsIn } from '../journal-lines.js';
import type { Survey } from './survey.js';

const SUFFIX = '.erasing';
/** Bytes that are written and synced at once. */
const STEP_BYTES = 4 << 20;

/**
 * A journal without somebody, whole and proven, beside the one that it will replace. It is another history: whoever knows the one
 * before begins anew. Until `replace` nothing has changed; both are locked until `close`.
 */
export class RewrittenJournal {
  readonly id = randomUUID();

  private constructor(
    private readonly old: LogFile,
    private readonly file: LogFile,
  ) {}

  /** Throws `FatalError`: 70 where there is no room for a second journal, or the disk does not keep what it was given. */
  static async write(old: LogFile, found: Survey, erasure: Erasure): Promise<RewrittenJournal> {
    const path = `${old.path}${SUFFIX}`;
    // What a try that was killed has left.
    await rm(path, { force: true });
    const file = await LogFile.open(path);
    const rewritten = new RewrittenJournal(old, file);
    try {
      await rewritten.fill(found, erasure);
      await rewritten.prove(found, erasure);
      await keepOwner(old.path, path);
      return rewritten;
    } catch (error) {
      await file.close();
      await rm(path, { force: true });
      if (!isOutOfSpace(error)) throw error;
      const needed = `${found.size} bytes beside the journal`;
      throw new FatalError(EXIT.io, `There is no space: an erasure needs ${needed}. Nothing was changed.`, {
        cause: error,
      });
    }
  }

  /** Puts it in the place of the old one, at once. When that resolves, the disk has it. */
  async replace(): Promise<void> {
    await rename(this.file.path, this.old.path);
    await syncFolder(dirname(this.old.path));
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async fill({ n, size }: Survey, erasure: Erasure): Promise<void> {
    let waiting: Buffer[] = [];
    let bytes = 0;
    let newest: Line | undefined;
    const write = async () => {
      await this.file.append(Buffer.concat(waiting));
      waiting = [];
      bytes = 0;
    };
    for await (const lines of linesIn(this.old, size)) {
      for (const line of lines) {
        const encoded = this.encoded(line, erasure);
        waiting.push(encoded);
        bytes += encoded.length;
        newest = line;
      }
      if (bytes >= STEP_BYTES) await write();
    }
    // Everything is on the disk when it takes the old one's place: nothing of it may be missing.
    if (newest && newest.kind !== 'closed') waiting.push(encodeClosed(n, instantOf(newest)));
    await write();
  }

  private encoded(line: Line, erasure: Erasure): Buffer {
    if (line.kind === 'header') return encodeHeader(this.id, line.at);
    if (line.kind === 'closed') return encodeClosed(line.n, line.at);
    return encodeRecords([erasure.record(line.record)], line.durable);
  }

  /** Reads it as `verify` does, and looks once more for what must not be in it. */
  private async prove({ n }: Survey, { address }: Erasure): Promise<void> {
    const { file } = this;
    const scanned = await scan(file, START, { header: () => undefined, record: () => undefined });
    let isNamed = false;
    for await (const records of recordsIn(file, scanned.size)) {
      isNamed ||= records.some((record) => address.standsWithin(record));
    }
    if (scanned.rest || scanned.n !== n || isNamed) {
      throw new FatalError(EXIT.io, 'The new journal is not what was written. Nothing was changed.');
    }
  }
}

function instantOf(line: Line): string {
  return line.kind === 'record' ? line.record.at : line.at;
}

/** The command may be run by another user than the server, which must be able to open it. */
async function keepOwner(from: string, to: string): Promise<void> {
  const [old, made] = await Promise.all([stat(from), stat(to)]);
  if (old.uid !== made.uid || old.gid !== made.gid) await chown(to, old.uid, old.gid);
}
