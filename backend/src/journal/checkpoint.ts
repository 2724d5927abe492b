import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DefaultSerializer, deserialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { Logger } from '@nestjs/common';
import writeFileAtomic from 'write-file-atomic';
import { codeOf } from '../errors/exit-codes.js';
import type { Checkpointed } from './journal.js';
import type { RecordFile, SavedRecords } from './record-file.js';
import { type Position, START } from './scan.js';

export const CHECKPOINT_FILE = 'journal.checkpoint';

/** Records behind the last checkpoint after which a running journal makes a new one: so many, or a quarter of those in it. */
const EVERY = 100_000;
const CRC_BYTES = 4;

/** What the file holds behind its checksum. */
interface Saved {
  readonly records: SavedRecords;
  /** State by shape. */
  readonly states: ReadonlyMap<string, unknown>;
}

/** What a checkpoint is taken of. */
export interface Parts {
  readonly file: RecordFile;
  readonly states: readonly Checkpointed[];
}

/**
 * A shortcut for the next start: what reading the journal up to some place leads to. It is used only if it is whole, of
 * the same shapes, and if the journal still begins with exactly the bytes it was made from; otherwise, and when it is
 * deleted, the start reads every line, and nothing else changes.
 */
export class Checkpoint {
  private readonly logger = new Logger(Checkpoint.name);
  private readonly path: string;
  /** The number of the last record that is in it, or will be when it is written. */
  private kept = 0;
  /** One is written after the other. */
  private writing = Promise.resolve();

  constructor(
    folder: string,
    private readonly parts: Parts,
  ) {
    this.path = join(folder, CHECKPOINT_FILE);
  }

  /** Takes in what was kept, if it still holds; returns how far that goes. */
  async load(): Promise<Position> {
    const { file, states } = this.parts;
    const saved = await this.read();
    if (!saved || !(await file.matches(saved.records))) return START;
    file.load(saved.records);
    for (const state of states) state.load(saved.states.get(state.shape));
    this.kept = saved.records.n;
    return saved.records;
  }

  /** A batch was stored: makes a new one when much has come since the last. */
  keepUp(): void {
    if (this.parts.file.last - this.kept >= Math.max(EVERY, this.kept / 4)) void this.keep();
  }

  /** Keeps the state as of the last durable record; resolves when it is written, or cannot be. */
  keep(): Promise<void> {
    if (this.kept < this.parts.file.last) {
      this.kept = this.parts.file.last;
      this.writing = this.save(this.writing);
    }
    return this.writing;
  }

  private async save(before: Promise<void>): Promise<void> {
    try {
      // Taken now, when file and views are at the same record, not when the one before is written.
      const bytes = this.bytes();
      await before;
      await writeFileAtomic(this.path, bytes, { mode: 0o600 });
    } catch (error) {
      // Only the next start takes longer.
      this.logger.warn(`The checkpoint could not be written (${codeOf(error) ?? 'unknown'}).`);
    }
  }

  private bytes(): Buffer {
    const { file, states } = this.parts;
    const records = file.save();
    const kept = new Map(states.map((state) => [state.shape, state.save()]));
    const saved: Saved = { records, states: kept };
    const serializer = new DefaultSerializer();
    serializer.writeRawBytes(Buffer.alloc(CRC_BYTES));
    serializer.writeHeader();
    serializer.writeValue(saved);
    const bytes = serializer.releaseBuffer();
    bytes.writeUInt32BE(crc32(bytes.subarray(CRC_BYTES)));
    return bytes;
  }

  private async read(): Promise<Saved | undefined> {
    try {
      const bytes = await readFile(this.path);
      const body = bytes.subarray(CRC_BYTES);
      if (bytes.readUInt32BE() !== crc32(body)) return undefined;
      const saved = deserialize(body) as Saved;
      return this.parts.states.every(({ shape }) => saved.states.has(shape)) ? saved : undefined;
    } catch {
      // Missing, cut, or of another version of Node: the journal itself has everything.
      return undefined;
    }
  }
}
