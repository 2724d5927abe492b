import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DefaultSerializer, deserialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { Logger } from '@nestjs/common';
import writeFileAtomic from 'write-file-atomic';
import { codeOf } from '../../errors/exit-codes.js';
import type { Checkpointed } from '../record-store.js';

export const CHECKPOINT_FILE = 'journal.checkpoint';

const CRC_BYTES = 4;
/** The version of this file. Another one is not read: the journal has everything. */
const FORMAT = 1;

/** What the file holds after its checksum. */
interface Saved<Records> {
  readonly format: number;
  readonly records: Records;
  /** State by shape. */
  readonly states: ReadonlyMap<string, unknown>;
}

/**
 * A shortcut for the next start: what reading the journal up to some place leads to. It is used only if it is whole, of
 * the same shapes, and if the journal still begins with exactly the bytes it was made from; otherwise, and when it is
 * deleted, the start reads every line, and nothing else changes. It is written only while nobody waits for an answer: after
 * a start that had much to read, and at a clean stop.
 */
export class Checkpoint<Records> {
  private readonly logger = new Logger('Journal');
  private readonly path: string;
  /** What it was made from, as it was loaded last, whether the journal still begins so or not; undefined for none. */
  made: Records | undefined;

  /** @param states the views' states besides the journal's own */
  constructor(
    folder: string,
    private readonly states: readonly Checkpointed[],
  ) {
    this.path = join(folder, CHECKPOINT_FILE);
  }

  /**
   * Loads the views' states, if the checkpoint still holds; returns the journal's own.
   * @param matches whether the journal begins with what the checkpoint was made from
   */
  async load(matches: (records: Records) => Promise<boolean>): Promise<Records | undefined> {
    const saved = await this.read();
    this.made = saved?.records;
    if (!saved || !(await matches(saved.records))) return undefined;
    for (const state of this.states) state.load(saved.states.get(state.shape));
    return saved.records;
  }

  /** Writes the states as they are now. What fails costs the next start time, and nothing else. */
  async save(records: Records): Promise<void> {
    try {
      await writeFileAtomic(this.path, this.bytes(records), { mode: 0o600 });
    } catch (error) {
      this.logger.warn(`The checkpoint could not be written (${codeOf(error) ?? 'unknown'}).`);
    }
  }

  private bytes(records: Records): Buffer {
    const states = new Map(this.states.map((state) => [state.shape, state.save()]));
    const saved: Saved<Records> = { format: FORMAT, records, states };
    const serializer = new DefaultSerializer();
    serializer.writeRawBytes(Buffer.alloc(CRC_BYTES));
    serializer.writeHeader();
    serializer.writeValue(saved);
    const bytes = serializer.releaseBuffer();
    bytes.writeUInt32BE(crc32(bytes.subarray(CRC_BYTES)));
    return bytes;
  }

  private async read(): Promise<Saved<Records> | undefined> {
    try {
      const bytes = await readFile(this.path);
      const body = bytes.subarray(CRC_BYTES);
      if (bytes.readUInt32BE() !== crc32(body)) return undefined;
      const saved = deserialize(body) as Saved<Records>;
      if (saved.format !== FORMAT) return undefined;
      return this.states.every(({ shape }) => saved.states.has(shape)) ? saved : undefined;
    } catch {
      // Missing, cut, or of another version of Node: the journal itself has everything.
      return undefined;
    }
  }
}
