import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { JournalRecord } from '../contract/index.js';
import { encodeClosed, encodeHeader, encodeRecords } from './codec.js';
import type { Clock } from './monotonic-clock.js';
import { JOURNAL_FILE, LogFile } from './log-file.js';
import { StartupRecovery } from './startup-recovery.js';
import { NumberList } from './number-list.js';
import { RecordReader, recordIn } from './record-reader.js';
import type { Position } from './scan.js';
import type { RecordHead } from './record-head.js';

const PREFIX_CHUNK_BYTES = 1 << 20;
/** Bytes of a usual line: a sentence and what stands around it. */
const USUAL_BYTES = 256;

/** Bytes of the write-ahead log: some 4,500 messages; read and written whole at each start. */
const WAL_BYTES = 1 << 20;

/** How the bytes of a journal get to the disk. */
export interface Writing {
  /** See `Disk`. */
  readonly patience?: number | undefined;
  /** Bytes of the write-ahead log; 0: none. */
  readonly ahead?: number | undefined;
}

/** Told of every stored record, in order; `parse` reads the rest of it. */
export type Replay = (head: RecordHead, parse: () => JournalRecord) => void;

/** What a checkpoint keeps of the file, so that the next start need not look at every line. */
export interface SavedRecords extends Position {
  readonly journal: string;
  readonly offsets: Float64Array;
}

/** `data/journal.jsonl` as a list of records: appends them, finds them by number. */
export class RecordFile {
  /** The identity in the first line. */
  id = '';
  /** Byte offset of each record; record `n` at index `n - 1`. */
  private readonly offsets = new NumberList();
  /** CRC-32 of the whole file. */
  private crc = 0;
  private readonly reader: RecordReader;

  private constructor(
    private readonly folder: string,
    private readonly file: LogFile,
    private readonly clock: Clock,
    private readonly ahead = WAL_BYTES,
  ) {
    this.reader = new RecordReader(join(folder, JOURNAL_FILE), file, this.offsets);
  }

  /** Opens the journal of a folder, and makes it when there is none. Nothing is read yet. Throws `FatalError` when locked. */
  static async open(folder: string, clock: Clock, { patience, ahead }: Writing = {}): Promise<RecordFile> {
    return new RecordFile(folder, await LogFile.open(join(folder, JOURNAL_FILE), patience), clock, ahead);
  }

  /** The number of the last record. */
  get last(): number {
    return this.offsets.length;
  }

  /** About how many records there are, before they are read. */
  get estimate(): number {
    return Math.floor(this.file.size / USUAL_BYTES);
  }

  /** Whether the file begins with exactly the bytes that were saved. */
  async matches({ size, crc }: Position): Promise<boolean> {
    if (size > this.file.size) return false;
    const buffer = Buffer.allocUnsafe(Math.min(PREFIX_CHUNK_BYTES, size));
    let found = 0;
    for (let offset = 0; offset < size; offset += buffer.length) {
      const bytes = await this.file.readInto(buffer.subarray(0, size - offset), offset);
      found = crc32(bytes, found);
    }
    return found === crc;
  }

  /** Takes in what `save` gave for the same bytes; `recover` then goes on from there. */
  load({ journal, offsets, crc }: SavedRecords): void {
    this.id = journal;
    this.offsets.load(offsets);
    this.crc = crc;
  }

  save(): SavedRecords {
    const { id: journal, last: n, crc } = this;
    return { journal, n, crc, size: this.file.size, offsets: this.offsets.save() };
  }

  /** Reads the records behind a position and tells of each, as `StartupRecovery` does; afterwards all of them are on the disk. */
  async recover(from: Position, replay: Replay): Promise<readonly string[]> {
    const mending = new StartupRecovery(this.folder, this.file, this.clock, this.id);
    const { crc, unproven, ahead } = await mending.recover(from, {
      header: (journal) => (this.id = journal),
      record: (head, bytes, offset) => {
        this.offsets.push(offset);
        replay(head, () => recordIn(bytes));
      },
    });
    this.crc = crc;
    await this.file.rewrite(Math.min(unproven, this.offsets.at(ahead - 1) ?? unproven));
    if (!this.id) await this.create();
    await this.file.writeAhead(this.folder, this.id, this.ahead);
    return mending.notes;
  }

  /** Stores records that continue at `last + 1`, all or none. Throws `NoSpace` or `FatalError`. */
  async append(records: readonly JournalRecord[]): Promise<void> {
    const start = this.file.size;
    const starts: number[] = [];
    await this.write(encodeRecords(records, this.last, starts));
    for (const from of starts) this.offsets.push(start + from);
  }

  /** Stored records by number, in the order asked for. Throws `FatalError` (65) when one was damaged since the start. */
  read(numbers: readonly number[]): Promise<JournalRecord[]> {
    return this.reader.read(numbers);
  }

  /** The last instant in the file, of a record or of a mark. */
  newestInstant(): Promise<string> {
    return this.reader.newestInstant();
  }

  /** Finds out whether there is space again. Throws `NoSpace`. */
  probe(): Promise<void> {
    return this.file.probe();
  }

  /** Writes the closing mark of a clean stop. */
  async mark(): Promise<void> {
    const bytes = encodeClosed(this.last, this.clock());
    await this.file.finish(bytes);
    this.crc = crc32(bytes, this.crc);
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  private async create(): Promise<void> {
    this.id = randomUUID();
    await this.write(encodeHeader(this.id, this.clock()));
  }

  private async write(bytes: Buffer): Promise<void> {
    await this.file.append(bytes);
    this.crc = crc32(bytes, this.crc);
  }
}
