import { Injectable, Logger, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Subscription } from 'rxjs';
import { Config } from '../config.js';
import { isMessageRecord, type JournalRecord, type MessageRecord } from '../contract/index.js';
import { type Checkpointed, Journal, type Projection, type Replayed } from '../journal/index.js';
import { type Extent, LineFile } from './line-file.js';
import { transcriptLine } from './transcript-line.js';

/** Records that one step of catching up reads. */
const STEP = 1_000;
/** Lines of a conversation whose file a start waits for: reading and completing it takes a moment. */
const SHORT = 10_000;
/** Milliseconds that it waits at most: the disk may be slow. */
const PATIENCE = 1_000;

/** What a checkpoint keeps. */
interface Saved {
  readonly lines: number;
  /** How far the file went then: perhaps not to the last line. */
  readonly extent: Extent;
}

/**
 * `data/chat.txt`: the conversation for people, to be read with `tail -f` (B7). A view: one line for each message and each
 * later change, written once they are durable, completed at start when missing or behind, never read back.
 */
@Injectable()
export class Transcript implements Projection, OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Transcript.name);
  private readonly file: LineFile;
  private batches: Subscription | undefined;
  private working = Promise.resolve();
  private stopping = false;
  /** How many lines the whole conversation has. */
  private lines = 0;
  /** The number of the last record that the file takes account of; undefined when the file must be looked at first. */
  private written: number | undefined;

  readonly checkpoint: Checkpointed = {
    shape: 'transcript 2',
    save: (): Saved => ({ lines: this.lines, extent: this.file.extent }),
    load: (state) => ({ lines: this.lines, extent: this.file.extent } = state as Saved),
  };

  constructor(
    private readonly journal: Journal,
    config: Config,
  ) {
    this.file = new LineFile(join(config.DATA_DIR, 'chat.txt'));
    journal.project(this);
  }

  replay(record: Replayed): void {
    if (isMessageRecord(record)) this.lines++;
  }

  apply(record: JournalRecord): void {
    this.replay(record);
  }

  /** What a crash left out is completed before anybody connects; in a long conversation while they talk. */
  async onApplicationBootstrap(): Promise<void> {
    this.batches = this.journal.committed.subscribe((records) => {
      this.enqueue(records);
    });
    this.enqueue([]);
    if (this.lines > SHORT) return;
    await Promise.race([this.working, setTimeout(PATIENCE, undefined, { ref: false })]);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.batches?.unsubscribe();
    this.stopping = true;
    await this.working;
    await this.file.close();
  }

  private enqueue(records: readonly JournalRecord[]): void {
    this.working = this.working.then(() => this.write(records));
  }

  private async write(records: readonly JournalRecord[]): Promise<void> {
    try {
      if (this.written === undefined) await this.catchUp();
      else await this.append(records);
    } catch (error) {
      this.written = undefined;
      // The journal has everything; the file is completed with the next message or start.
      this.logger.warn(`chat.txt could not be written: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }

  /** Writes what the file lacks: everything when it is missing or has lines too many. */
  private async catchUp(): Promise<void> {
    const last = this.journal.last;
    const total = this.lines;
    let present = await this.file.open();
    if (present > total) {
      await this.file.clear();
      present = 0;
    }
    const start = await this.startOf(total - present, last);
    for (let from = start; from <= last; from += STEP) {
      // It stays to be looked at: a batch that follows must not be written behind a gap.
      if (this.stopping) return;
      await this.append(await this.range(from, Math.min(last, from + STEP - 1)));
    }
    this.written = last;
  }

  /** The number from which on `missing` messages and changes follow. */
  private async startOf(missing: number, last: number): Promise<number> {
    let left = missing;
    for (let to = last; left > 0 && to > 0; to -= STEP) {
      const records = (await this.range(Math.max(1, to - STEP + 1), to)).filter(isMessageRecord);
      if (records.length >= left) return records.at(-left)?.n ?? 1;
      left -= records.length;
    }
    return last + 1;
  }

  private range(from: number, to: number): Promise<JournalRecord[]> {
    return this.journal.read(Array.from({ length: to - from + 1 }, (_, index) => from + index));
  }

  private async append(records: readonly JournalRecord[]): Promise<void> {
    const due = records.filter(isMessageRecord).filter(({ n }) => n > (this.written ?? 0));
    const lines = await Promise.all(due.map((record) => this.lineOf(record)));
    await this.file.append(lines);
    if (this.written !== undefined) this.written = records.at(-1)?.n ?? this.written;
  }

  private async lineOf(record: MessageRecord): Promise<string> {
    if (record.type === 'message-posted') return transcriptLine(record, record.at);
    const [posted] = await this.journal.read([record.message]);
    return transcriptLine(record, posted?.at ?? record.at);
  }
}
