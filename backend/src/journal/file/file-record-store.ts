import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { Logger } from '@nestjs/common';
import type { JournalRecord } from '../../contract/index.js';
import { codeOf, EXIT, FatalError } from '../../errors/exit-codes.js';
import { NumberList, type Numbers } from '../number-list.js';
import {
  type Appended,
  type Checkpointed,
  NoSpace,
  type Recovered,
  type RecordStore,
  type StoredRecord,
} from '../record-store.js';
import { Checkpoint } from './checkpoint.js';
import { encodeClosed, encodeHeader, encodeRecords } from './codec.js';
import { SYNC_INLINE_LIMIT_MS } from './disk.js';
import type { FileStoreOptions } from './file-store-options.js';
import { makeFolder, syncFolder } from './folder.js';
import { JOURNAL_FILE, LogFile } from './log-file.js';
import { newestInstantIn, readRecords, storedRecord } from './record-lines.js';
import { lossFound, type Position, START } from './scan.js';
import { StartupRecovery } from './startup-recovery.js';
import { refuseOrphans } from './traces.js';

/** Records that a start may have read for it to write a checkpoint for the next one. */
const CHECKPOINT_AFTER_RECORDS = 100_000;
/** Failures of the system that the owner has not caused by a setting. */
const DISK_FAILURES: ReadonlySet<string> = new Set(['EIO', 'ENOSPC', 'EFBIG', 'EDQUOT']);

/** What a checkpoint keeps of the file, so that the next start need not look at every line. */
interface SavedFile extends Position {
  readonly journal: string;
  readonly offsets: Numbers;
}

/** `data/journal.jsonl` as the store of records: one file that only grows, which people can read. */
export class FileRecordStore implements RecordStore {
  private readonly logger = new Logger('Journal');
  private identity = '';
  /** Byte offset of each record; record `n` at index `n - 1`. */
  private readonly offsets = new NumberList();
  /** CRC-32 of the whole file. */
  private crc = 0;
  private file: LogFile | undefined;
  private checkpoint: Checkpoint<SavedFile> | undefined;
  /** The last record of the newest checkpoint. */
  private checkpointed = 0;
  /** Whether it may be written to: it was recovered, and nothing has failed since. */
  private intact = false;

  constructor(private readonly options: FileStoreOptions) {}

  get id(): string {
    return this.identity;
  }

  get last(): number {
    return this.offsets.length;
  }

  get bytes(): number {
    return this.file?.size ?? 0;
  }

  /** Opens the journal of the folder, and makes it when there is none. Throws `FatalError`. */
  async recover(visit: (record: StoredRecord) => void, states: readonly Checkpointed[]): Promise<Recovered> {
    const { folder } = this.options;
    try {
      await makeFolder(folder);
      refuseOrphans(folder, this.options.views ?? []);
      this.file = await LogFile.open(
        join(folder, JOURNAL_FILE),
        this.options.syncInlineLimitMs ?? SYNC_INLINE_LIMIT_MS,
      );
      await this.replay(visit, states);
      await syncFolder(folder);
      this.intact = true;
    } catch (error) {
      const reason = codeOf(error);
      // A sentence for the owner, or a defect of ours that keeps its name.
      if (error instanceof FatalError || reason === undefined) throw error;
      const exit = DISK_FAILURES.has(reason) ? EXIT.io : EXIT.configuration;
      throw new FatalError(exit, `The data folder ${folder} cannot be used (${reason}).`, { cause: error });
    }
    return { newestInstant: await newestInstantIn(this.opened, this.offsets) };
  }

  async append(records: readonly JournalRecord[], expectedLast: number): Promise<Appended> {
    if (expectedLast !== this.last) return { kind: 'moved-on', records: await this.read(expectedLast + 1, this.last) };
    const start = this.opened.size;
    const starts: number[] = [];
    await this.write(encodeRecords(records, this.last, starts));
    for (const from of starts) this.offsets.push(start + from);
    return { kind: 'stored' };
  }

  /** Throws `FatalError` (65) when one of the records was damaged since the start. */
  async read(from: number, to: number): Promise<JournalRecord[]> {
    return this.guarded(() => readRecords(this.opened, this.offsets, { from, to }));
  }

  probe(): Promise<void> {
    return this.guarded(() => this.opened.probe());
  }

  verify(): Promise<void> {
    return this.guarded(() => this.opened.verifyPath());
  }

  /** Writes the closing mark and a checkpoint, unless something failed. */
  async close(): Promise<void> {
    const { file } = this;
    this.file = undefined;
    if (!file) return;
    try {
      if (this.intact) await this.finish(file);
    } finally {
      await file.close();
    }
  }

  private async finish(file: LogFile): Promise<void> {
    await file.verifyPath();
    const mark = encodeClosed(this.last, this.options.clock());
    try {
      await file.append(mark);
      this.crc = crc32(mark, this.crc);
    } catch (error) {
      // Without the mark the next start looks at the end of the file as after a crash; nothing is lost.
      if (!(error instanceof NoSpace)) throw error;
    }
    await this.saveCheckpoint(file);
  }

  private async replay(visit: (record: StoredRecord) => void, states: readonly Checkpointed[]): Promise<void> {
    const { folder, clock } = this.options;
    const file = this.opened;
    const recovery = new StartupRecovery(folder, file, clock);
    await recovery.upgrade();
    this.checkpoint = new Checkpoint(folder, states);
    const saved = await this.checkpoint.load((position) => file.beginsWith(position));
    if (saved) {
      this.identity = saved.journal;
      this.offsets.load(saved.offsets);
      this.checkpointed = saved.n;
    }
    const { crc, unproven } = await recovery.recover(saved ?? START, {
      header: (journal) => (this.identity = journal),
      record: (head, bytes, offset) => {
        this.offsets.push(offset);
        visit(storedRecord(head, bytes));
      },
    });
    this.crc = crc;
    await file.rewrite(unproven);
    for (const note of recovery.notes) this.logger.warn(note);
    const { made } = this.checkpoint;
    if (made?.journal === this.identity && made.n > this.last) this.logger.error(lossFound(this.last, made.n));
    if (!this.identity) await this.create();
    if (this.last - this.checkpointed > CHECKPOINT_AFTER_RECORDS) await this.saveCheckpoint(file);
  }

  private async create(): Promise<void> {
    this.identity = randomUUID();
    await this.write(encodeHeader(this.identity, this.options.clock()));
  }

  private async saveCheckpoint({ size }: LogFile): Promise<void> {
    if (this.last === this.checkpointed) return;
    const { identity: journal, last: n, crc, offsets } = this;
    await this.checkpoint?.save({ journal, n, crc, size, offsets: offsets.save() });
    this.checkpointed = n;
  }

  private async write(bytes: Buffer): Promise<void> {
    await this.guarded(() => this.opened.append(bytes));
    this.crc = crc32(bytes, this.crc);
  }

  private async guarded<Result>(operation: () => Promise<Result>): Promise<Result> {
    try {
      return await operation();
    } catch (error) {
      if (!(error instanceof NoSpace || error instanceof RangeError)) this.intact = false;
      throw error;
    }
  }

  private get opened(): LogFile {
    if (!this.file) throw new Error('the store is not open');
    return this.file;
  }
}
