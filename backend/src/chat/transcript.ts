import { Injectable, Logger } from '@nestjs/common';
import { join } from 'node:path';
import { Config } from '../config.js';
import { isMessageRecord, type JournalRecord, type MessageRecord } from '../contract/index.js';
import { codeOf } from '../errors/exit-codes.js';
import { CursorFile, type Follower, Journal, keepAside, type RecordReader } from '../journal/index.js';
import { type Extent, extended, LineFile, NOTHING } from './line-file.js';
import { transcriptLine } from './transcript-line.js';

/** Records whose lines are compared with the file at once. */
const STEP_RECORDS = 1_000;
/** How often, at most, the cursor is written; what came since is compared line by line at the next start. */
const CURSOR_EVERY_MS = 1_000;

/** What the file has of the records: up to the last one, and where its line ends. */
interface Progress extends Extent {
  readonly n: number;
  /** The id of the command of record `n`. */
  readonly command: string;
}

const BEGIN: Progress = { ...NOTHING, n: 0, command: '' };

/**
 * `data/chat.txt`: the conversation for people, to be read with `tail -f` (B7). One line for each message and each later
 * change, never read back as messages. What stands in it at start is kept as far as it is proven to be these records: by the
 * cursor and its checksum, and after that line by line; the rest is put aside.
 */
@Injectable()
export class Transcript implements Follower {
  readonly name = 'chat.txt';
  private readonly logger = new Logger(Transcript.name);
  private readonly path: string;
  private readonly cursor: CursorFile;
  private file: LineFile | undefined;
  private records: RecordReader | undefined;
  private progress = BEGIN;
  private savedAt = 0;
  private hasCursorFailed = false;

  constructor(journal: Journal, { DATA_DIR }: Config) {
    this.path = join(DATA_DIR, this.name);
    this.cursor = new CursorFile(`${this.path}.cursor`);
    journal.addFollower(this);
  }

  async open(records: RecordReader): Promise<number> {
    await this.file?.close();
    this.file = undefined;
    this.records = records;
    const file = await LineFile.open(this.path);
    this.file = file;
    const cursor = await this.cursor.read(records);
    const { progress, next } = await this.verified(file, cursor && (await file.beginsWith(cursor)) ? cursor : BEGIN);
    const rest = await file.rest(progress.bytes);
    if (rest.length > 0) {
      // The beginning of the very line that comes next is a write that was cut off.
      const isTorn = next.length > rest.length && next.subarray(0, rest.length).equals(rest);
      if (!isTorn) await this.putAside(rest);
      await file.cut(progress.bytes);
    }
    this.progress = progress;
    return progress.n;
  }

  async take(records: readonly JournalRecord[]): Promise<void> {
    const lines = Buffer.from((await this.linesOf(records.filter(({ n }) => n > this.progress.n))).join(''));
    if (lines.length > 0) await this.file?.append(lines);
    const last = records.at(-1);
    if (!last) return;
    this.progress = { ...extended(this.progress, lines), n: last.n, command: last.id };
    if (Date.now() - this.savedAt >= CURSOR_EVERY_MS) await this.saveCursor();
  }

  async close(): Promise<void> {
    if (!this.file) return;
    await this.saveCursor();
    await this.file.close();
    this.file = undefined;
  }

  /** How far the file matches these records after `from`, and the lines that were expected there. */
  private async verified(file: LineFile, from: Progress): Promise<{ progress: Progress; next: Buffer }> {
    let progress = from;
    const { last = 0 } = this.records ?? {};
    for (let step = STEP_RECORDS; progress.n < last;) {
      const records = await this.read(progress.n + 1, Math.min(last, progress.n + step));
      const lines = Buffer.from((await this.linesOf(records)).join(''));
      if (await file.has(lines, progress.bytes)) {
        const { n, id } = records.at(-1) ?? { n: last, id: '' };
        progress = { ...extended(progress, lines), n, command: id };
      } else if (step === 1) return { progress, next: lines };
      // Somewhere in between: one by one.
      else step = 1;
    }
    return { progress, next: Buffer.alloc(0) };
  }

  private async linesOf(records: readonly JournalRecord[]): Promise<string[]> {
    return Promise.all(records.filter(isMessageRecord).map(async (record) => `${await this.lineOf(record)}\n`));
  }

  private async lineOf(record: MessageRecord): Promise<string> {
    if (record.type === 'message-posted') return transcriptLine(record, record.at);
    const [posted] = await this.read(record.message, record.message);
    return transcriptLine(record, posted?.at ?? record.at);
  }

  private read(from: number, to: number): Promise<JournalRecord[]> {
    return this.records?.read(from, to) ?? Promise.resolve([]);
  }

  private async putAside(rest: Buffer): Promise<void> {
    const aside = await keepAside(rest, `${this.path}.unverified-${new Date().toISOString().replaceAll(':', '')}`);
    this.logger.warn(`${rest.length} bytes in chat.txt are not what the journal has. They were put aside: ${aside}`);
  }

  /** The lines stand in the file all the same: without a cursor the next start compares them one by one. */
  private async saveCursor(): Promise<void> {
    this.savedAt = Date.now();
    try {
      await this.cursor.write({ journal: this.records?.id ?? '', ...this.progress });
      this.hasCursorFailed = false;
    } catch (error) {
      const what = `${this.name}.cursor cannot be written (${codeOf(error) ?? 'unknown'})`;
      if (!this.hasCursorFailed) this.logger.warn(`${what}: the next start compares ${this.name} line by line.`);
      this.hasCursorFailed = true;
    }
  }
}
