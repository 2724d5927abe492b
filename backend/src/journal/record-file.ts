import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { JournalRecord } from '../contract/index.js';
import { encodeClosed, encodeHeader, encodeRecords } from './codec.js';
import type { Clock } from './instants.js';
import { keepAside } from './keep-aside.js';
import { LogFile } from './log-file.js';
import { NumberList } from './number-list.js';
import { RecordReader, recordIn } from './record-reader.js';
import { damagedBehind, type Position, scan, type Scanned, START } from './recovery.js';
import type { Skimmed } from './skim.js';

export const JOURNAL_FILE = 'journal.jsonl';

const PREFIX_CHUNK_BYTES = 4 << 20;

/** Told of every stored record, in order; `parse` reads the rest of it. */
export type Replay = (skimmed: Skimmed, parse: () => JournalRecord) => void;

/** What a checkpoint keeps of the file, so that the next start need not look at every line. */
export interface SavedRecords extends Position {
  readonly journal: string;
  readonly offsets: Float64Array;
}

/** `data/journal.jsonl` as a list of records: appends them, finds them by number. */
export class RecordFile {
  /** The identity in the first line. */
  id = '';
  /** Where bytes were put that are no longer part of the journal. */
  aside: string | undefined;
  /** Byte offset of each record; record `n` at index `n - 1`. */
  private readonly offsets = new NumberList();
  /** CRC-32 of the whole file. */
  private crc = 0;
  private readonly reader: RecordReader;

  private constructor(
    private readonly path: string,
    private readonly file: LogFile,
    private readonly clock: Clock,
  ) {
    this.reader = new RecordReader(path, file, this.offsets);
  }

  /** Opens the journal of a folder, and makes it when there is none. Nothing is read yet. Throws `Fatal` when locked. */
  static async open(folder: string, clock: Clock, patience = 0): Promise<RecordFile> {
    const path = join(folder, JOURNAL_FILE);
    return new RecordFile(path, await LogFile.open(path, patience), clock);
  }

  /** The number of the last record. */
  get last(): number {
    return this.offsets.length;
  }

  /** Whether the file begins with exactly the bytes that were saved. */
  async matches({ size, crc }: Position): Promise<boolean> {
    if (size > this.file.size) return false;
    let found = 0;
    for (let offset = 0; offset < size; offset += PREFIX_CHUNK_BYTES) {
      found = crc32(await this.file.read(offset, Math.min(PREFIX_CHUNK_BYTES, size - offset)), found);
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

  /**
   * Reads the records behind a position and tells of each. A torn tail that nobody was promised is put aside; damage
   * throws `Fatal` (65). Afterwards everything found is on the disk.
   */
  async recover(from: Position, replay: Replay): Promise<void> {
    const scanned = await scan(this.file, from, {
      header: (journal) => (this.id = journal),
      record: (skimmed, bytes, offset) => {
        this.offsets.push(offset);
        replay(skimmed, () => recordIn(bytes));
      },
    });
    this.crc = scanned.crc;
    if (scanned.rest && !scanned.rest.torn) throw damagedBehind(this.path, scanned);
    if (scanned.rest) await this.putAside(scanned.size, 'torn');
    await this.file.rewrite(scanned.unproven);
    if (!this.id) await this.create();
  }

  /**
   * Cuts everything behind the last whole line before the damage, and keeps it aside: for an owner who was told of it and
   * decides so. Returns what was found. Throws `Fatal` (65) when nothing would be left.
   */
  async cutDamage(): Promise<Scanned> {
    const scanned = await scan(this.file, START, { header: () => undefined, record: () => undefined });
    const { rest, size } = scanned;
    if (rest && !rest.torn && size === 0) throw damagedBehind(this.path, scanned);
    if (rest) await this.putAside(size, rest.torn ? 'torn' : 'cut');
    return scanned;
  }

  /** Stores records that continue at `last + 1`, all or none. Throws `NoSpace` or `Fatal`. */
  async append(records: readonly JournalRecord[]): Promise<void> {
    const start = this.file.size;
    const starts: number[] = [];
    await this.write(encodeRecords(records, this.last, starts));
    for (const from of starts) this.offsets.push(start + from);
  }

  /** Stored records by number, in the order asked for. Throws `Fatal` (65) when one was damaged since the start. */
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
    await this.write(encodeClosed(this.last, this.clock()));
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

  /** Keeps the bytes behind `size` in a file of their own, for whoever wants to look, and cuts them off. */
  private async putAside(size: number, why: 'torn' | 'cut'): Promise<void> {
    const bytes = await this.file.read(size, this.file.size - size);
    this.aside = await keepAside(bytes, `${this.path}.${why}-${this.clock().replaceAll(':', '')}`);
    await this.file.truncate(size);
  }
}
