import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import writeFileAtomic from 'write-file-atomic';
import type { CommandIndex } from './command-index.js';
import type { Checkpointed } from './journal.js';
import type { RecordFile, SavedRecords } from './record-file.js';
import { type Position, START } from './recovery.js';

export const CHECKPOINT_FILE = 'journal.checkpoint';

const CRC_BYTES = 4;

/** What the file holds behind its checksum. */
interface Saved {
  readonly records: SavedRecords;
  readonly commands: Uint32Array;
  /** State by shape. */
  readonly states: ReadonlyMap<string, unknown>;
}

/** What a checkpoint is taken of. */
export interface Parts {
  readonly file: RecordFile;
  readonly commands: CommandIndex;
  readonly states: readonly Checkpointed[];
}

/**
 * A shortcut for the next start: what reading the journal up to some place leads to. It is used only if it is whole, of
 * the same shapes, and if the journal still begins with exactly the bytes it was made from; otherwise, and when it is
 * deleted, the start reads every line, and nothing else changes.
 */
export class Checkpoint {
  private readonly path: string;

  constructor(
    folder: string,
    private readonly parts: Parts,
  ) {
    this.path = join(folder, CHECKPOINT_FILE);
  }

  /** Takes in what was kept, if it still holds; returns how far that goes. */
  async load(): Promise<Position> {
    const { file, commands, states } = this.parts;
    const saved = await this.read();
    if (!saved || !(await file.matches(saved.records))) return START;
    file.load(saved.records);
    commands.load(saved.records.n, saved.commands);
    for (const state of states) state.load(saved.states.get(state.shape));
    return saved.records;
  }

  /** Keeps the state as of now, which must be that of the last durable record. */
  async save(): Promise<void> {
    const { file, commands, states } = this.parts;
    const records = file.save();
    const kept = new Map(states.map((state) => [state.shape, state.save()]));
    const saved: Saved = { records, commands: commands.save(records.n), states: kept };
    const body = serialize(saved);
    const crc = Buffer.alloc(CRC_BYTES);
    crc.writeUInt32BE(crc32(body));
    await writeFileAtomic(this.path, Buffer.concat([crc, body]), { mode: 0o600 });
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
